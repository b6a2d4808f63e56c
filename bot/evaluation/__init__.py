"""Evaluation of the whole: people rate replies of different policies in the same conversation.

`collect` makes the items, `/rate` shows them, `report` sums the ratings up, `train-scorer` learns
to predict them: `python -m bot.evaluation --help`, docs/evaluation.md.
"""
