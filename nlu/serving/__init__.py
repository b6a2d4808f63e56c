"""Trained weights in service: packed to ONNX once, run without torch."""
