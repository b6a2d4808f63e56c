"""What `python -m nlu.explain` finds out about one utterance."""

from __future__ import annotations

from dataclasses import dataclass

from nlu.entities import Entity


@dataclass(frozen=True)
class Explanation:
    """What was understood and why. shares: of each word in the likeliest intent, positive where it
    speaks for it; attention: earlier utterances with their weights, the last "(none of them)".
    """

    text: str
    words: tuple[str, ...]
    ranking: tuple[tuple[str, float], ...]
    entities: tuple[Entity, ...]
    shares: tuple[float, ...]
    attention: tuple[tuple[str, float], ...]
