"""Training conversations seen again with other values in their mentions (Dai and Adel 2020).

A value is replaced throughout its conversation, both sides alike, by another one of its slot or,
where a slot's values are open (names and titles), by an invented row of words: contexts are learnt
then, and not the few names that a small set holds.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from nlu.decoding import spans_of
from nlu.turns import Conversation, Turn

Words = tuple[str, ...]
Replaced = dict[tuple[str, Words], Words]
_INVENTED = 0.5  # of the replaced values of open slots


class MentionSwaps:
    """Knows a training part's values by slot."""

    def __init__(
        self, conversations: Sequence[Conversation], open_slots: Sequence[str] = ()
    ) -> None:
        self._conversations = list(conversations)
        self._open = frozenset(open_slots)
        self._values: dict[str, list[Words]] = {}
        words: Counter[str] = Counter()
        for conversation in conversations:
            for turn in conversation:
                words.update(turn.words)
                for first, last, slot in spans_of(turn.tags or ()):
                    self._values.setdefault(slot, []).append(turn.words[first : last + 1])
        self._words = [word for word in words if word.isalpha()]

    def epoch(self, share: float, seed: int) -> list[Conversation]:
        """Every conversation, a `share` of its values replaced; the same for the same seed."""
        chance = random.Random(seed)
        return [self.swapped(turns, share, chance)[0] for turns in self._conversations]

    def swapped(
        self, turns: Conversation, share: float, chance: random.Random
    ) -> tuple[Conversation, Replaced]:
        """One conversation with other values, and which value became which."""
        others: Replaced = {}
        return tuple(self._turn(turn, others, share, chance) for turn in turns), others

    def _turn(
        self,
        turn: Turn,
        others: Replaced,
        share: float,
        chance: random.Random,
    ) -> Turn:
        words: list[str] = []
        tags: list[str] = []
        position = 0
        for first, last, slot in spans_of(turn.tags or ()):
            own = turn.words[first : last + 1]
            if (slot, own) not in others:
                swap = chance.random() < share
                others[slot, own] = self._other(slot, chance) if swap else own
            value = others[slot, own]
            words += [*turn.words[position:first], *value]
            tags += [*(turn.tags or ())[position:first], f"B-{slot}"]
            tags += [f"I-{slot}"] * (len(value) - 1)
            position = last + 1
        words += turn.words[position:]
        tags += (turn.tags or ())[position:]
        return replace(turn, words=tuple(words), tags=tuple(tags) if turn.tags else turn.tags)

    def _other(self, slot: str, chance: random.Random) -> Words:
        known = chance.choice(self._values[slot])
        if slot in self._open and chance.random() < _INVENTED:
            return tuple(chance.choices(self._words, k=chance.choice((1, 2, 2, 3, 3, 4, 5))))
        return known
