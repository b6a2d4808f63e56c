"""Makes the spoken test set: who says which sentence, how, and under what disturbance.

Sentences and voices of the dev part never occur in the test part. The readings of numbers and
subjects ("one oh six", "computer science") are drawn by the seed.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
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


@dataclass(frozen=True)
class Utterance:
    """One sentence by one voice."""

    text: str  # as students write it
    voice: str
    condition: str  # "clean", "white 10 dB", …
    synthesised: Callable[[], Samples]

    @property
    def codes(self) -> list[str]:
        """The course codes said."""
        return CODE.findall(self.text)


def sentences(part: Part) -> list[str]:
    """The sentences of a part, as students write them."""
    lines = (_SENTENCES / f"{part}.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip()]


def utterances(part: Part, seed: int, limit: int | None = None) -> list[Utterance]:
    """Every sentence by one voice in quiet, and by another with one kind of noise.

    Synthesised when asked for, each with a seed of its own, so that several processes share them.
    """
    chance = random.Random(seed)
    voices = voices_of(part)
    babble = _babble(part, voices, chance)
    conditions = [(kind, ratio) for kind in KINDS for ratio in RATIOS]
    chosen = sentences(part)
    chance.shuffle(chosen)
    found: list[Utterance] = []
    for place, text in enumerate(chosen[:limit]):
        first, second = (voices[(place + step) % len(voices)] for step in (0, 1))
        quiet = partial(_quiet, first, aloud(text, chance))
        found.append(Utterance(text, first.label, CLEAN, quiet))
        kind, ratio = conditions[place % len(conditions)]
        spoken = partial(_quiet, second, aloud(text, chance))
        noisy = partial(_noisy, spoken, kind, ratio, babble, (seed, place))
        found.append(Utterance(text, second.label, f"{kind} {ratio} dB", noisy))
    return found


def _quiet(voice: Voice, words: str) -> Samples:
    return padded(voice.spoken(words))


def _noisy(
    spoken: Callable[[], Samples],
    kind: str,
    ratio: int,
    babble: Sequence[Callable[[], Samples]],
    seeds: tuple[int, int],
) -> Samples:
    others = [other() for other in babble[seeds[1] % 2 :: 2]] if kind == "babble" else ()
    return disturbed(spoken(), kind, ratio, others, np.random.default_rng(seeds))


def aloud(text: str, chance: random.Random) -> str:
    """The words of a sentence, each code in one of its usual readings."""

    def reading(match: re.Match[str]) -> str:
        return chance.choice(spoken_forms(match.group())[:_USUAL])

    return read_out(CODE.sub(reading, text))


def _babble(
    part: Part, voices: Sequence[Voice], chance: random.Random
) -> list[Callable[[], Samples]]:
    """Other sentences of the same part, by its voices in turn."""
    texts = chance.sample(sentences(part), _BABBLERS)
    return [
        partial(voices[place % len(voices)].spoken, aloud(text, chance))
        for place, text in enumerate(texts)
    ]
