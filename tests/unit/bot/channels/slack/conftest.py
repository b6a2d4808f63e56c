"""Rasa can be imported."""

from bot.rasa_compat import install

install()
