"""The bot that is talked to: in process, or the whole of Quad by text."""
