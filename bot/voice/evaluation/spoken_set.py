"""Makes the spoken test set: who says which sentence, how, and under what disturbance.

Sentences and voices of the dev part never occur in the test part. The readings of numbers and
subjects ("one oh six", "computer science") are drawn by the seed.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.voice.evaluation.noises import KINDS, RATIOS, disturbed, padded
from bot.voice.evaluation.voices import Part, Voice, voices_of
from bot.voice.speech import Samples
from bot.voice.spoken import read_out, spoken_forms

CODE = re.compile(r"\b[A-Z][A-Z&]+\d{1,3}[A-Z]{0,3}\b")
CLEAN = "clean"
_SENTENCES = Path(__file__).parent / "sentences"
_USUAL = 6  # readings of a code that are drawn from, of up to a dozen
_BABBLERS = 12
_CLEAN_VOICES = 2  # a sentence is said so often without noise


@dataclass(frozen=True)
class Utterance:
    """One sentence by one voice."""

    text: str  # as students write it
    voice: str
    condition: str  # "clean", "white 10 dB", …
    samples: Samples

    @property
    def codes(self) -> list[str]:
        """The course codes said."""
        return CODE.findall(self.text)


def sentences(part: Part) -> list[str]:
    """The sentences of a part, as students write them."""
    lines = (_SENTENCES / f"{part}.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip()]


def utterances(part: Part, seed: int, limit: int | None = None) -> Iterator[Utterance]:
    """Every sentence by two voices in quiet, and by a third with one kind of noise."""
    chance, noise = random.Random(seed), np.random.default_rng(seed)
    voices = voices_of(part)
    babble = _babble(part, voices, chance)
    conditions = [(kind, ratio) for kind in KINDS for ratio in RATIOS]
    chosen = sentences(part)
    chance.shuffle(chosen)
    for place, text in enumerate(chosen[:limit]):
        first = place % len(voices)
        turn = [voices[(first + step) % len(voices)] for step in range(_CLEAN_VOICES + 1)]
        for voice in turn[:_CLEAN_VOICES]:
            samples = padded(voice.spoken(aloud(text, chance)))
            yield Utterance(text, voice.label, CLEAN, samples)
        kind, ratio = conditions[place % len(conditions)]
        voice = turn[-1]
        samples = padded(voice.spoken(aloud(text, chance)))
        mixed = disturbed(samples, kind, ratio, babble, noise)
        yield Utterance(text, voice.label, f"{kind} {ratio} dB", mixed)


def aloud(text: str, chance: random.Random) -> str:
    """The words of a sentence, each code in one of its usual readings."""

    def reading(match: re.Match[str]) -> str:
        return chance.choice(spoken_forms(match.group())[:_USUAL])

    return read_out(CODE.sub(reading, text))


def _babble(part: Part, voices: Sequence[Voice], chance: random.Random) -> list[Samples]:
    """Other sentences of the same part, by its voices in turn."""
    texts = chance.sample(sentences(part), _BABBLERS)
    return [
        voices[place % len(voices)].spoken(aloud(text, chance)) for place, text in enumerate(texts)
    ]
