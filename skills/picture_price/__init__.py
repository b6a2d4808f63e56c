"""The price of a bicycle from a picture, and which of its parts make it."""
