"""Digits of sign language, 0 to 5: logistic regression first, then a convolutional network."""
