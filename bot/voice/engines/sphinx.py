"""Speech to text offline: pocketsphinx with a language model of this catalogue.

The acoustic model comes in its package. What may be said comes from `bot.voice.language`.
D. Huggins-Daines et al.: PocketSphinx, ICASSP 2006.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from pocketsphinx import Decoder, get_model_path

from bot.voice.errors import NothingHeard
from bot.voice.language import LanguageFiles, language_files
from bot.voice.language.building import LEXICON
from bot.voice.language.classes import written
from bot.voice.quieting import quieted
from bot.voice.recording import with_speech
from bot.voice.speech import Heard, Samples
from bot.voice.spoken import Writer

NAME = "pocketsphinx"
_FILLERS = frozenset({"<s>", "</s>", "<sil>", "[NOISE]", "[SPEECH]"})
_ALTERNATIVES = 4
_SEARCHED = 40  # paths looked at for so many alternatives: most differ in sounds alone


@dataclass(frozen=True)
class Tuning:
    """How the decoder weighs sound and language; chosen on the dev part (docs/voice.md)."""

    language_weight: float = 9.0  # of the first search
    word_penalty: float = 0.65
    # Wider than the engine's own: codes have many ways to be said, and noise hides the right one.
    beam: float = 1e-60
    word_beam: float = 1e-38
    # Digital silence, as synthesisers and browsers that shut the microphone between words give it,
    # has no logarithm: the mean of the features goes astray and everything is misheard.
    floor: float = 30.0  # of the noise laid under every recording, of 32,767


class Sphinx:
    """A decoder, loaded once; it hears one utterance at a time."""

    name = NAME

    def __init__(self, files: LanguageFiles, tuning: Tuning | None = None) -> None:
        chosen = tuning or Tuning()
        self._decoder: Any = Decoder(
            hmm=get_model_path("en-us/en-us"),
            lmctl=str(files.control),
            lmname="quad",
            dict=str(files.dictionary),
            lw=chosen.language_weight,
            fwdflatlw=chosen.language_weight + 2.0,
            bestpathlw=chosen.language_weight + 3.0,
            wip=chosen.word_penalty,
            beam=chosen.beam,
            pbeam=chosen.beam,
            wbeam=chosen.word_beam,
            loglevel="FATAL",
        )
        self._writer = Writer(frozenset(files.codes))
        self._floor = chosen.floor

    @classmethod
    def open(cls, kept: Path, lexicon: Path = LEXICON) -> Sphinx:
        """The decoder for a lexicon; its files are kept in a folder."""
        general = Path(get_model_path("en-us/cmudict-en-us.dict"))
        return cls(language_files(kept, general, lexicon))

    def hear(self, samples: Samples) -> Heard:
        """Understand one utterance; raise NothingHeard."""
        decoder = self._decoder
        decoder.start_utt()
        try:
            decoder.process_raw(self._floored(samples).tobytes(), no_search=False, full_utt=True)
        finally:
            decoder.end_utt()
        best = decoder.hyp()
        text = self._written(best.hypstr) if best is not None else ""
        if not text:
            raise NothingHeard
        return Heard(text, round(min(1.0, float(best.prob)), 4), self._others(text))

    def _floored(self, samples: Samples) -> Samples:
        """Steady noise taken out, a little laid below; the same for the same recording."""
        quiet = quieted(with_speech(samples))
        noise = np.random.default_rng(0).normal(scale=self._floor, size=len(quiet))
        return np.clip(quiet + noise, -32_767, 32_767).astype(np.int16)

    def _others(self, best: str) -> tuple[str, ...]:
        paths = itertools.islice(self._decoder.nbest() or (), _SEARCHED)
        texts = (self._written(path.hypstr) for path in paths if path is not None)
        others = dict.fromkeys(text for text in texts if text and text != best)
        return tuple(itertools.islice(others, _ALTERNATIVES))

    def _written(self, words: str) -> str:
        kept = [written(word) for word in words.split() if word not in _FILLERS]
        return self._writer.write(" ".join(kept))
