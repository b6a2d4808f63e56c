"""Readers and writers of catalogue files: pure, they know the model and the errors alone."""
