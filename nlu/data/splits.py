"""Splits: one author is held out whole for the test, and whole families for the dev part.

The test author's items come from somebody the model has never read; a family holds utterances of
one construction, so that no near-duplicate crosses.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from nlu.data.dialogue_files import Dialogue
from nlu.data.items import Item

TEST_AUTHORS = frozenset({"kofi"})  # of utterances
DIALOGUE_TEST_AUTHORS = frozenset({"lena"})
SHORT = 2
FROM_CONVERSATIONS = "conversations-"  # authors' names of what students said and people labelled
_DEV_SHARE = 8  # every eighth family


@dataclass(frozen=True)
class Splits:
    """Hand-written items by their use."""

    train: tuple[Item, ...]
    dev: tuple[Item, ...]
    test: tuple[Item, ...]


def split_items(items: list[Item]) -> Splits:
    """Deterministic; whatever is near a held-out item leaves the training part.

    What came from conversations is for training alone: otherwise each export would draw another
    dev part, and no figure could be compared with the one before.
    """
    test = tuple(item for item in items if item.author in TEST_AUTHORS)
    rest = [item for item in items if item.author not in TEST_AUTHORS]
    kept = _dev_families([i for i in rest if not i.author.startswith(FROM_CONVERSATIONS)])
    dev = tuple(item for item in rest if item.family in kept)
    held_out = outlines((*dev, *test))
    train = tuple(item for item in rest if item.family not in kept and item.outline not in held_out)
    return Splits(train, dev, test)


def split_dialogues(
    dialogues: list[Dialogue],
) -> tuple[tuple[Dialogue, ...], tuple[Dialogue, ...], tuple[Dialogue, ...]]:
    """Train, dev and test: one author for the test, every eighth dialogue of the others for dev."""
    test = tuple(d for d in dialogues if d.author in DIALOGUE_TEST_AUTHORS)
    rest = [d for d in dialogues if d.author not in DIALOGUE_TEST_AUTHORS]
    dev = tuple(d for d in rest if _drawn(d.id))
    return tuple(d for d in rest if not _drawn(d.id)), dev, test


def _drawn(name: str) -> bool:
    return hashlib.sha256(name.encode()).digest()[0] % _DEV_SHARE == 0


def outlines(items: Iterable[Item]) -> set[str]:
    """What may not train when these items are held out.

    Up to two words are common property: nobody's "yes" or "winter 2019" is held out.
    """
    return {item.outline for item in items if len(item.outline.split()) > SHORT}


def _dev_families(items: list[Item]) -> set[str]:
    """Of each intent an eighth of the families, at least one, in the order of a hash."""
    by_intent: dict[str, set[str]] = {}
    for item in items:
        by_intent.setdefault(item.intent, set()).add(item.family)
    chosen: set[str] = set()
    for families in by_intent.values():
        ordered = sorted(families, key=lambda name: hashlib.sha256(name.encode()).digest())
        chosen.update(ordered[: max(1, len(ordered) // _DEV_SHARE)])
    return chosen
