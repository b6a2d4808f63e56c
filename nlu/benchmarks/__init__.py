"""Published sets, read from the user's folder, and our model on them."""
