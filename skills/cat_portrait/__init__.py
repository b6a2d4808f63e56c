"""Breed and age of a (drawn) cat: one trunk, a softmax head and an L1 head."""
