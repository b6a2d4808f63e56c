"""Utterances that people label, as values: what was said of which, and what that comes to.

Knows no intent and no slot: these are words of `nlu`, checked where labels come in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

SpanFact = tuple[int, int, str]  # start, end, label: `text[start:end]`


class Act(StrEnum):
    """What a person can do with an item; `settle` is an adjudication."""

    LABEL = "label"
    SKIP = "skip"
    SETTLE = "settle"


class State(StrEnum):
    """How an item stands: `open` needs more labels, `disputed` has labels that differ."""

    OPEN = "open"
    DONE = "done"
    DISPUTED = "disputed"
    SETTLED = "settled"


@dataclass(frozen=True)
class Reading:
    """An intent and its spans, in the order of the text."""

    intent: str
    spans: tuple[SpanFact, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {"intent": self.intent, "spans": [list(span) for span in self.spans]}

    @classmethod
    def of(cls, intent: str, spans: Iterable[Iterable[Any]]) -> Reading:
        """From plain values."""
        facts = sorted((int(start), int(end), str(label)) for start, end, label in spans)
        return cls(intent, tuple(facts))


@dataclass(frozen=True)
class Given:
    """One act of one person on one item."""

    annotator: str
    act: Act
    reading: Reading


@dataclass(frozen=True)
class Draft:
    """A turn as it enters the queue: masked, read by the model, with why it is worth a look."""

    key: str
    conversation: str
    form: str
    text: str
    prelabel: Reading
    confidence: float
    priority: float
    reasons: tuple[str, ...]
    context: tuple[tuple[bool, str], ...]  # (whether the student said it, words), oldest first
    sampled: bool


@dataclass(frozen=True)
class LabelItem:
    """An item of the queue with everything that was said of it, oldest first."""

    item_id: int
    text: str
    prelabel: Reading
    confidence: float
    reasons: tuple[str, ...]
    wanted: int
    sampled: int  # how many turns drawn by chance it stands for
    turns: int  # how many turns in all
    given: tuple[Given, ...] = ()

    @property
    def latest(self) -> dict[str, Given]:
        """The latest label of each person who has not taken it back by skipping."""
        last = {each.annotator: each for each in self.given if each.act is not Act.SETTLE}
        return {name: each for name, each in last.items() if each.act is Act.LABEL}

    @property
    def settlement(self) -> Reading | None:
        """What an adjudication decided, the last one if there were several."""
        settled = [each.reading for each in self.given if each.act is Act.SETTLE]
        return settled[-1] if settled else None

    @property
    def state(self) -> State:
        """Follows from what was said."""
        if self.settlement is not None:
            return State.SETTLED
        readings = [each.reading for each in self.latest.values()]
        if len(set(readings)) > 1:
            return State.DISPUTED
        return State.DONE if len(readings) >= self.wanted else State.OPEN

    @property
    def result(self) -> Reading | None:
        """The reading that holds, once it is done or settled."""
        if self.settlement is not None:
            return self.settlement
        if self.state is not State.DONE:
            return None
        return next(iter(self.latest.values())).reading
