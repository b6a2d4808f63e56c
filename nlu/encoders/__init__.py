"""Encoders: words' pieces in, one vector a piece out; torch for training, ONNX for serving."""
