"""Drills: Quad under connections that break, clients that repeat themselves, processes that die.

`python -m bot.drills schedules` and `python -m bot.drills reconnect` start a Quad of their own, do
it harm at random moments from a seed, and judge by Axess' audit log and the conversations' record.
"""
