"""The linear adversarial example of lecture 4."""
