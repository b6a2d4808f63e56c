"""A student's personal data: told whole (`export`), taken out (`erase`), and never kept for ever.

People call `python -m bot.privacy export|erase SUID` and `sweep`; the bot process sweeps daily.
What is kept where stands in `held.py`; a table that is not named there fails a test.
"""
