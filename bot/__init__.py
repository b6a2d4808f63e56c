"""The conversation and the doors to it."""
