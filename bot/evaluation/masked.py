"""An item without personal data: what goes into the tables has passed through here."""

from __future__ import annotations

from dataclasses import replace

from bot.evaluation.model import Candidate, Item, Said
from bot.masking import Masker


def masked(item: Item, masker: Masker, own: str = "") -> Item:
    """The item with every text masked; `own` is the student's name, where it is known."""

    def said(message: Said) -> Said:
        buttons = tuple(masker.mask(button, own) for button in message.buttons)
        return replace(message, text=masker.mask(message.text, own), buttons=buttons)

    def candidate(reply: Candidate) -> Candidate:
        return replace(reply, messages=tuple(map(said, reply.messages)))

    context = tuple(map(said, item.context))
    return replace(item, context=context, candidates=tuple(map(candidate, item.candidates)))
