"""Utterance → intent and slots. Knows torch, knows no database and nothing of the dialogue."""
