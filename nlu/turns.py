"""What the model reads: turns of a conversation as words, with labels where there are any."""

from __future__ import annotations

from dataclasses import dataclass, replace

from nlu.data.items import Item, tags_of
from nlu.words import split

REMEMBERED = 8  # utterances of both sides that the memory holds
MEMORY_WORDS = 32  # of each; the assistant's lists are long, their beginnings tell enough


@dataclass(frozen=True)
class Turn:
    """One utterance of either side. Without tags or intent it is read for its context alone."""

    words: tuple[str, ...]
    tags: tuple[str, ...] | None = None
    intent: str | None = None
    of_user: bool = True


Conversation = tuple[Turn, ...]


def turn_of(item: Item) -> Turn:
    """A labelled utterance as a turn of the user."""
    words = tuple(word.text for word in split(item.text).words)
    return Turn(words, tuple(tags_of(item)), item.intent)


def said(text: str, *, of_user: bool) -> Turn:
    """Any text as a turn without labels, as much of it as is remembered."""
    words = split(text).words[:MEMORY_WORDS]
    return Turn(tuple(word.text for word in words), of_user=of_user)


def unlabelled(turn: Turn) -> Turn:
    """The words alone."""
    return replace(turn, tags=None, intent=None)
