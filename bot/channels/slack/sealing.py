"""Encrypts what Slack entrusted to us before it stands in the database: tokens and messages."""

from __future__ import annotations

from bot.storage import sealing
from bot.storage.sealing import Unopenable

__all__ = ["Sealing", "Unopenable"]


class Sealing(sealing.Sealing):
    """For what is Slack's."""

    def __init__(self, secret: str) -> None:
        super().__init__(secret, b"quad slack at rest")
