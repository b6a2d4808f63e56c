"""Answers lecture questions by meaning, or says that the lectures do not.

Entries are own-words facts (entries/*.yml). A question is compared with every entry's phrasings by
sentence embeddings and by shared words; below the threshold there is no answer.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge import yaml_files
from nlu.encoders.sentence import SentenceEncoder
from nlu.serving.engine import MODEL

ENTRIES = Path(__file__).parent / "entries"
THRESHOLD = 0.44  # the best of 0.36 to 0.56 on tests/unit/knowledge/lectures/dev.yml
_WORD_WEIGHT = 0.15
_PARTICULAR = re.compile(
    r"rooms?|buildings?|auditorium|(?:cs|ee|cme|math|stats|econ)\d{1,3}[a-z]{0,2}"
)
_STOP = frozenset(
    (
        "a an and are be can did do does for from have how i in is it lecture lectures mean me my "
        "of on or say says should tell that the they this to was we what when which who why with "
        "you your about cs230 class course explain taught teach work works use used"
    ).split()
)


@dataclass(frozen=True)
class Entry:
    """One fact: `lecture` is 1 to 10, or 0 for logistics over several."""

    id: str
    lecture: int
    question: str
    also: tuple[str, ...]
    answer: str

    @property
    def phrasings(self) -> tuple[str, ...]:
        """Every text that a question may resemble: the ways to ask, and the answer itself."""
        return (self.question, *self.also, self.answer)


@dataclass(frozen=True)
class Found:
    """The best entry for a question and how near it is."""

    entry: Entry
    score: float

    @property
    def answer(self) -> str:
        """The fact in words."""
        return self.entry.answer

    @property
    def lecture(self) -> int:
        """The lecture it stems from."""
        return self.entry.lecture


def read_entries(folder: Path = ENTRIES) -> list[Entry]:
    """All entries, files in order."""
    entries: list[Entry] = []
    for path in sorted(folder.glob("*.yml")):
        raw: list[dict[str, Any]] = yaml_files.read(path)
        for item in raw:
            answer = " ".join(item["answer"].split())
            entries.append(
                Entry(item["id"], item["lecture"], item["question"], tuple(item["also"]), answer)
            )
    return entries


class LectureFinder:
    """Finds entries; the encoder is loaded with the first question, off the event loop."""

    def __init__(self, entries: list[Entry], encoder_folder: Path) -> None:
        self._entries = entries
        self._owners = [entry for entry in entries for _ in entry.phrasings]
        self._words = [_words(text) for entry in entries for text in entry.phrasings]
        self._folder = encoder_folder
        self._encoder: SentenceEncoder | None = None
        self._vectors: NDArray[np.float32] | None = None
        self._lock = threading.Lock()

    @classmethod
    def open(cls, var: Path) -> LectureFinder:
        """With the packed sentence encoder under var/."""
        return cls(read_entries(), var / "encoders" / "sentence")

    async def find(self, question: str) -> Found | None:
        """The entry that answers, or None; embedding runs in a thread."""
        best = await asyncio.to_thread(self.best, question)
        return best if best.score >= THRESHOLD and _speaks_of(best.entry, question) else None

    def best(self, question: str) -> Found:
        """The nearest entry, however far it is."""
        encoder, vectors = self._ready()
        meaning = vectors @ encoder.encode([question[:500]])[0]  # [phrasings]
        asked = _words(question)
        overlap = np.array([_overlap(asked, words) for words in self._words], dtype=np.float32)
        scores = (1 - _WORD_WEIGHT) * meaning + _WORD_WEIGHT * overlap
        place = int(scores.argmax())
        return Found(self._owners[place], float(scores[place]))

    def _ready(self) -> tuple[SentenceEncoder, NDArray[np.float32]]:
        with self._lock:
            if self._encoder is None or self._vectors is None:
                encoder = SentenceEncoder(self._folder)
                phrasings = [text for entry in self._entries for text in entry.phrasings]
                self._encoder, self._vectors = encoder, _kept(encoder, phrasings, self._folder)
            return self._encoder, self._vectors


def _kept(encoder: SentenceEncoder, texts: list[str], folder: Path) -> NDArray[np.float32]:
    """The texts' vectors, from the file beside the encoder when neither has changed since."""
    model = hashlib.sha256((folder / MODEL).read_bytes()).hexdigest()
    digest = hashlib.sha256("\n".join([model, *texts]).encode()).hexdigest()[:16]
    path = folder / f"lectures-{digest}.npy"
    if path.exists():
        kept: NDArray[np.float32] = np.load(path, allow_pickle=False)
        return kept
    vectors = _embed(encoder, texts)
    # Renamed when whole, so that no other process reads half a file.
    unfinished = folder / f".lectures-{os.getpid()}.npy"
    np.save(unfinished, vectors, allow_pickle=False)
    unfinished.replace(path)
    return vectors


def _embed(encoder: SentenceEncoder, texts: list[str]) -> NDArray[np.float32]:
    """Short ones together: a batch costs as much as its longest text."""
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    parts = [
        encoder.encode([texts[place] for place in order[i : i + 16]])
        for i in range(0, len(order), 16)
    ]
    vectors: NDArray[np.float32] = np.concatenate(parts)[np.argsort(order)]
    return vectors


def _speaks_of(entry: Entry, question: str) -> bool:
    """Whether the entry names what likeness of meaning tells least apart: the other course, or
    the room, that is asked about. A fact about the midterm is none about its room.
    """
    particular = {word for word in _words(question) if _PARTICULAR.fullmatch(word)}
    told = frozenset().union(*(_words(text) for text in entry.phrasings))
    return particular <= told


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]+", text.lower())) - _STOP


def _overlap(asked: frozenset[str], words: frozenset[str]) -> float:
    """Shared content words against the smaller set."""
    smaller = min(len(asked), len(words))
    return len(asked & words) / smaller if smaller else 0.0
