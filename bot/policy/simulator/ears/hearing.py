"""Ears: from what a simulated student says to Rasa's parse of it.

`ClearEar` understands everything, `NoisyEar` errs as the real NLU does but as often as one likes,
`EngineEar` is the real NLU.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from bot.dialogue.turn import Mention
from bot.policy.simulator.ears.misleading import Misleading
from bot.policy.simulator.values import Utterance
from nlu.serving.engine import Engine, Parse, Said

ERRORS = Path(__file__).with_name("errors_of_nlu.json")
Heard = dict[str, Any]


class Ear(Protocol):
    """Turns an utterance into Rasa's `latest_message` (without id and metadata)."""

    def hear(self, said: Utterance, past: Sequence[Said]) -> Heard:
        """The parse; `past`: what both sides said before, in order."""
        ...


class ClearEar:
    """Perfect understanding and perfect confidence."""

    def hear(self, said: Utterance, past: Sequence[Said]) -> Heard:
        """The truth."""
        return heard(said, 1.0, (said.intent,), False)


@dataclass
class NoisyEar:
    """With probability `noise` each for itself, the intent is confused and every span is lost,
    taken for another slot or misheard, by the real NLU's confusions and shares of kinds of error.

    That is the error model of Li et al. 2017 (intents and slots at one rate) with confusions that
    were measured. Confidences are drawn from the real ones, right or wrong: some errors are sure.
    """

    noise: float
    chance: random.Random
    misleading: Misleading
    errors: dict[str, Any] = field(default_factory=lambda: json.loads(ERRORS.read_text()))

    def hear(self, said: Utterance, past: Sequence[Said]) -> Heard:
        """The truth, or something near it."""
        for place in reversed(range(len(said.mentions))):  # a lost one moves those behind it
            said = self._span(said, place)
        others = self._confused(said.intent)
        if others and self.chance.random() < self.noise:
            sure = self._confidence("wrong")
            wrong = Utterance(said.text, others[0], said.mentions)
            return heard(wrong, sure, (others[0], said.intent, *others[1:]), self._doubts(sure))
        sure = self._confidence("right")
        return heard(said, sure, (said.intent, *others), self._doubts(sure))

    def _span(self, said: Utterance, place: int) -> Utterance:
        """The utterance with one span as it is heard."""
        if self.chance.random() >= self.noise:
            mentions = list(said.mentions)
            mentions[place] = self._sure(mentions[place], "span_right")
            return Utterance(said.text, said.intent, tuple(mentions))
        kinds = {kind: n for kind, n in self.errors["kinds"].items() if kind != "intent"}
        kind = self.chance.choices(list(kinds), list(kinds.values()))[0]
        if kind == "lost":
            left = said.mentions[:place] + said.mentions[place + 1 :]
            return Utterance(said.text, said.intent, left)
        wrong = self._sure(said.mentions[place], "span_wrong")
        return self.misleading.mislead(said, place, wrong, kind, self.chance)

    def _confused(self, intent: str) -> tuple[str, ...]:
        """The other intents, a likely one first."""
        shares: dict[str, float] = self.errors["intents"].get(intent) or {}
        if not shares:
            return ()
        first = self.chance.choices(list(shares), list(shares.values()))[0]
        return (first, *(name for name in shares if name != first))

    def _sure(self, mention: Mention, of: str) -> Mention:
        sure = self._confidence(of)
        return Mention(mention.slot, mention.text, mention.start, mention.role, sure)

    def _confidence(self, of: str) -> float:
        quantiles: list[float] = self.errors["confidence"][of]
        at = self.chance.random() * (len(quantiles) - 1)
        low = int(at)
        high = min(low + 1, len(quantiles) - 1)
        return min(0.9999, quantiles[low] + (at - low) * (quantiles[high] - quantiles[low]))

    def _doubts(self, sure: float) -> bool:
        return bool(sure < self.errors["doubt"])


@dataclass(frozen=True)
class EngineEar:
    """The real NLU, with both sides' last turns as its memory."""

    engine: Engine

    def hear(self, said: Utterance, past: Sequence[Said]) -> Heard:
        """What the served model makes of the words."""
        parse = self.engine.parse(said.text, past)
        mentions = tuple(
            Mention(e.slot, said.text[e.start : e.end], e.start, e.role, e.confidence)
            for e in parse.entities
        )
        return heard(Utterance(said.text, parse.intent[0], mentions), *_ranked(parse))


def _ranked(parse: Parse) -> tuple[float, tuple[str, ...], bool]:
    return parse.intent[1], tuple(name for name, _ in parse.ranking), parse.unsure


def heard(said: Utterance, sure: float, ranking: Sequence[str], unsure: bool) -> Heard:
    """Rasa's form of a parse."""
    return {
        "text": said.text,
        "intent": {"name": said.intent, "confidence": sure},
        "intent_ranking": [{"name": name} for name in ranking],
        "entities": [_entity(mention) for mention in said.mentions],
        "unsure": unsure,
    }


def _entity(mention: Mention) -> dict[str, Any]:
    role = {} if mention.role is None else {"role": mention.role}
    return {
        "entity": mention.slot,
        "value": mention.text,
        "start": mention.start,
        "end": mention.start + len(mention.text),
        "confidence": mention.confidence,
        **role,
    }
