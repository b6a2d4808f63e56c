"""Simulated students: goals from the catalogue, an agenda, words with variation, a noisy ear."""
