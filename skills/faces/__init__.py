"""Faces (lecture 2): verification, recognition and clustering on one 128-number encoding."""
