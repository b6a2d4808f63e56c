"""Draws scenes whose boxes are known: a campus, and the view of a car's front camera."""
