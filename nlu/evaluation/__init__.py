"""How models are measured: spans, intents, calibration, what is out of scope."""
