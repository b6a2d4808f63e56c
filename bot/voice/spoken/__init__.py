"""Spoken and written forms of what this bot is about: course codes, years, units, times."""

from bot.voice.spoken.codes import spoken_forms
from bot.voice.spoken.reading_out import read_out, without_marks, words_of
from bot.voice.spoken.writing import Writer

__all__ = ["Writer", "read_out", "spoken_forms", "without_marks", "words_of"]
