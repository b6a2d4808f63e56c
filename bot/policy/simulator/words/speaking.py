"""Puts what a student means into words: phrases with typed places, so that the true intent and
spans come with every message.

Phrases (phrases.yml) are chosen by what they have to say; typing adds small letters, an opening, a
tail and now and then a slip of the finger, never inside a value.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.dialogue.turn import Mention
from bot.policy.simulator.values import Utterance
from bot.policy.simulator.words.surfaces import surface

_FILE = Path(__file__).with_name("phrases.yml")
_PLACE = re.compile(r"\{(=?)(\w+)(?:\|([^}]+))?\}")
_ROLES = {"add": "add", "drop": "drop"}
_OPENED = frozenset({"enroll", "drop", "swap", "inform", "my_schedule"})  # begun with a greeting
_OPENING, _TAIL, _SMALL, _SLIP = 0.2, 0.12, 0.4, 0.06  # how often each of them happens
_LONG_WORD = 5  # letters: shorter words are not mistyped

_WORD = ""  # in place of a slot: a word that is no value, and not mistyped either

Named = tuple[str, str]  # a slot of the label guide and its value: ("code", "CS106A")


class NothingToSay(KeyError):
    """No phrase says this act with these values."""


@dataclass(frozen=True)
class Phrase:
    """A phrase of an act: `places` are what must be known to say it."""

    act: str
    intent: str
    text: str

    @property
    def places(self) -> frozenset[str]:
        """The names of its places, fixed labels aside."""
        return frozenset(name for _, name, fixed in _PLACE.findall(self.text) if not fixed)


@dataclass(frozen=True)
class Phrases:
    """Everything in phrases.yml."""

    by_act: Mapping[str, tuple[Phrase, ...]]
    openers: tuple[str, ...]
    tails: tuple[str, ...]

    @classmethod
    def read(cls, path: Path = _FILE) -> Phrases:
        """Read the file."""
        data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        openers, tails = tuple(data.pop("openers")), tuple(data.pop("tails"))
        by_act = {
            act: tuple(Phrase(act, block["intent"], text) for text in block["phrases"])
            for act, block in data.items()
        }
        return cls(by_act, openers, tails)

    def of(self, act: str, places: frozenset[str]) -> tuple[Phrase, ...]:
        """The phrases of an act that say just these things; raise NothingToSay."""
        fitting = tuple(p for p in self.by_act.get(act, ()) if p.places == places)
        if not fitting:
            raise NothingToSay(act, sorted(places))
        return fitting


@lru_cache(maxsize=1)
def the_phrases() -> Phrases:
    """The phrases, read once."""
    return Phrases.read()


class Speaker:
    """One student's way of writing; never says the same phrase twice while there is another."""

    def __init__(self, chance: random.Random, phrases: Phrases | None = None) -> None:
        self._chance = chance
        self._phrases = phrases or the_phrases()
        self._used: set[str] = set()
        self._small = chance.random() < _SMALL  # who writes small letters always does

    def say(self, act: str, /, **values: Named | str) -> Utterance:
        """An utterance of this act with these values: a named slot, or a plain word."""
        fitting = self._phrases.of(act, frozenset(values))
        fresh = [phrase for phrase in fitting if phrase.text not in self._used] or list(fitting)
        phrase = self._chance.choice(fresh)
        self._used.add(phrase.text)
        return self._typed(phrase, values)

    def _typed(self, phrase: Phrase, values: Mapping[str, Named | str]) -> Utterance:
        opened = phrase.intent in _OPENED
        pieces: list[tuple[str, str | None, str | None]] = []  # text, slot, role
        if opened and self._chance.random() < _OPENING:
            pieces.append((f"{self._chance.choice(self._phrases.openers)} ", None, None))
        pieces += self._filled(phrase.text, values)
        if opened and self._chance.random() < _TAIL:
            pieces.append((f", {self._chance.choice(self._phrases.tails)}", None, None))
        if self._chance.random() < _SLIP:
            pieces = self._slipped(pieces)
        text, mentions = "", []
        for piece, slot, role in pieces:
            if slot:
                mentions.append(Mention(slot, piece, len(text), role))
            text += piece
        return Utterance(text, phrase.intent, tuple(mentions))

    def _filled(
        self, template: str, values: Mapping[str, Named | str]
    ) -> list[tuple[str, str | None, str | None]]:
        pieces: list[tuple[str, str | None, str | None]] = []
        position = 0
        for match in _PLACE.finditer(template):
            pieces.append((self._plain(template[position : match.start()]), None, None))
            position = match.end()
            plain, name, fixed = match.groups()
            if fixed:
                pieces.append((fixed, name, None))
                continue
            value = values[name]
            slot, word = value if isinstance(value, tuple) else (name, value)
            if plain:
                pieces.append((word, _WORD, None))
            else:
                written = surface(slot, word, self._chance)
                written = written.lower() if self._small else written
                pieces.append((written, slot, _ROLES.get(name)))
        pieces.append((self._plain(template[position:]), None, None))
        return [piece for piece in pieces if piece[0]]

    def _plain(self, text: str) -> str:
        return text.lower() if self._small else text

    def _slipped(
        self, pieces: list[tuple[str, str | None, str | None]]
    ) -> list[tuple[str, str | None, str | None]]:
        """With two letters of a carrier word exchanged."""
        words = [
            (number, match)
            for number, (text, slot, _) in enumerate(pieces)
            if slot is None
            for match in re.finditer(rf"[a-z]{{{_LONG_WORD},}}", text)
        ]
        if not words:
            return pieces
        number, match = self._chance.choice(words)
        text, slot, role = pieces[number]
        place = self._chance.randrange(match.start() + 1, match.end() - 2)
        text = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
        return [*pieces[:number], (text, slot, role), *pieces[number + 1 :]]
