"""What a value is misheard as: another course of the catalogue, another quarter, another slot."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.dialogue.turn import Mention
from bot.policy.simulator.values import Utterance

_QUARTERS = ("autumn", "winter", "spring", "summer")
_YEARS = ("2018", "2019", "2020")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
_NEAR = 8
# Slots that are taken for each other.
_TAKEN_FOR = {"title": "topic", "topic": "title", "subject": "topic", "year": "units"}


@dataclass(frozen=True)
class Misleading:
    """`codes`: those of the catalogue; one that is misheard becomes one that looks like it."""

    codes: Sequence[str]

    def mislead(
        self, said: Utterance, place: int, wrong: Mention, kind: str, chance: random.Random
    ) -> Utterance:
        """The utterance with its mention at `place` taken for another slot ("label") or for another
        value; the text changes with it, since the bot reads the text as well.
        """
        if kind == "label" and wrong.slot in _TAKEN_FOR:
            taken = Mention(_TAKEN_FOR[wrong.slot], wrong.text, wrong.start, None, wrong.confidence)
            return _with(said, place, taken)
        text = self._another(wrong, chance)
        return _with(
            said, place, Mention(wrong.slot, text, wrong.start, wrong.role, wrong.confidence)
        )

    def _another(self, mention: Mention, chance: random.Random) -> str:
        slot, text = mention.slot, mention.text
        if slot == "code":
            plain = text.upper().replace(" ", "").replace("-", "")
            near = process.extract(plain, self.codes, scorer=fuzz.ratio, limit=_NEAR)
            others = [code for code, _, _ in near if code != plain]
            return chance.choice(others) if others else text
        for values in (_QUARTERS, _YEARS, _DAYS):
            if slot == {_QUARTERS: "quarter", _YEARS: "year", _DAYS: "day"}[values]:
                return chance.choice([value for value in values if value not in text.lower()])
        words = text.split()
        return " ".join(words[:-1]) if len(words) > 1 else text


def _with(said: Utterance, place: int, changed: Mention) -> Utterance:
    """The same with one mention changed, and the text and the later spans with it."""
    old = said.mentions[place]
    shift = len(changed.text) - len(old.text)
    text = said.text[: old.start] + changed.text + said.text[old.start + len(old.text) :]
    moved = [
        Mention(m.slot, m.text, m.start + shift * (m.start > old.start), m.role, m.confidence)
        for m in said.mentions
    ]
    moved[place] = changed
    return Utterance(text, said.intent, tuple(moved))
