"""Training data: hand-written utterances, templates and the generator, splits and validation."""
