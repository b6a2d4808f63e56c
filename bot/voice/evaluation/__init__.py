"""A spoken test set made by synthesisers, and what recognisers make of it."""
