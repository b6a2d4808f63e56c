"""What courses mean, as sentence vectors: computed in the background, kept on disk, found by text.

A vector belongs to a text, not to a course: a course whose words have not changed costs nothing,
whatever else an admin changed. Until a vector is there, words alone rank.
"""

from __future__ import annotations

import atexit
import hashlib
import logging
import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from knowledge.catalogue.vectors import KEY_BYTES, VectorFile
from nlu.encoders.sentence import SentenceEncoder
from nlu.serving.engine import MODEL

logger = logging.getLogger(__name__)
WIDTH = 384
_BATCH = 16
_SAVE_EVERY = 4_000  # texts: what a process killed in the middle has to compute again
_QUERIES = 4_096

Vectors = NDArray[np.float32]


class Meanings:
    """Vectors of texts by row; safe to share between threads."""

    def __init__(self, encoder: Path, cache: Path) -> None:
        # Two threads of BLAS spin for each other where cores are shared: one is thrice as fast.
        self._limits = threadpool_limits(limits=1, user_api="blas")
        self._folder = encoder
        self._cache = cache
        self._lock = threading.Lock()
        self._changed = threading.Condition(self._lock)
        self._rows: dict[bytes, int] = {}
        self._vectors: Vectors = np.zeros((1024, WIDTH), np.float32)
        self._ready = np.zeros(1024, bool)
        self._waiting: dict[bytes, str] = {}
        self._queries: OrderedDict[str, Vectors] = OrderedDict()
        self._encoder: SentenceEncoder | None = None
        self._file: VectorFile | None = None
        self._thread: threading.Thread | None = None
        self._busy = False
        self._stopping = False

    @classmethod
    def open(cls, var: Path) -> Meanings | None:
        """With the packed encoder and the cache under var/; None without the first."""
        folder = var / "encoders" / "sentence"
        if not (folder / MODEL).exists():
            logger.warning("search: no encoder in %s; words alone will rank", folder)
            return None
        return cls(folder, var / "search")

    def rows(self, texts: Iterable[str]) -> NDArray[np.int32]:
        """The texts' rows; those that are new are computed soon, in the background."""
        keys = [(hashlib.blake2b(t.encode(), digest_size=KEY_BYTES).digest(), t) for t in texts]
        with self._lock:
            self._load()
            rows = [self._row(key, text) for key, text in keys]
            if self._waiting or self._encoder is None:
                self._work()
            self._changed.notify_all()
        return np.array(rows, np.int32)

    def nearness(self, text: str, rows: NDArray[np.int32]) -> Vectors | None:
        """Cosines with these rows, NaN where none is known yet; None while there is no encoder."""
        vector = self.query(text)
        if vector is None:
            return None
        last = int(rows.max(initial=-1)) + 1
        found: Vectors = (self._vectors[:last] @ vector)[rows]
        found[~self._ready[rows]] = np.nan
        return found

    def query(self, text: str) -> Vectors | None:
        """A query's vector, or None while the encoder is still being opened."""
        with self._lock:
            if text in self._queries:
                self._queries.move_to_end(text)
                return self._queries[text]
        if self._encoder is None:
            return None
        vector: Vectors = self._encoder.encode([text[:500]])[0]
        with self._lock:
            self._queries[text] = vector
            if len(self._queries) > _QUERIES:
                self._queries.popitem(last=False)
        return vector

    def knows(self, word: str) -> bool:
        """Whether a word is one of the encoder's own, so no slip of the finger."""
        return self._encoder is not None and self._encoder.knows(word)

    @property
    def pending(self) -> int:
        """Texts whose vectors are still to come."""
        return len(self._waiting)

    def wait(self, seconds: float) -> bool:
        """Wait until nothing is to be computed and queries can be; False when it took longer."""
        with self._changed:
            return self._changed.wait_for(
                lambda: self._encoder is not None and not self._waiting, seconds
            )

    def close(self, *, at_once: bool = False) -> None:
        """Wait for the thread that computes and keeps; `at_once`: what waits is left to another
        time.
        """
        self._stopping = at_once
        thread = self._thread
        if thread is not None:
            thread.join()

    def _load(self) -> None:
        """What earlier runs computed; under the lock."""
        if self._file is not None:
            return
        self._file = VectorFile.of(self._cache, self._folder / MODEL)
        keys, vectors = self._file.read()
        self._room(len(keys))
        self._vectors[: len(keys)] = vectors
        self._ready[: len(keys)] = True
        self._rows = {key: row for row, key in enumerate(keys)}

    def _row(self, key: bytes, text: str) -> int:
        row = self._rows.get(key)
        if row is None:
            row = self._rows[key] = len(self._rows)
            self._room(row + 1)
            self._waiting[key] = text
        return row

    def _room(self, size: int) -> None:
        if size > len(self._vectors):
            extra = max(size, 2 * len(self._vectors)) - len(self._vectors)
            self._vectors = np.concatenate([self._vectors, np.zeros((extra, WIDTH), np.float32)])
            self._ready = np.concatenate([self._ready, np.zeros(extra, bool)])

    def _work(self) -> None:
        if not self._busy:
            self._busy = True
            if self._thread is None:
                atexit.register(self.close, at_once=True)  # onnxruntime aborts when cut off
            self._thread = threading.Thread(target=self._compute, name="meanings", daemon=True)
            self._thread.start()

    def _compute(self) -> None:
        """Embed what waits, short texts together, then keep it; ends when nothing is left."""
        if self._encoder is None:
            encoder = SentenceEncoder(self._folder)
            with self._changed:
                self._encoder = encoder
        unsaved = 0
        while batch := self._next():
            self._put(batch, self._encoder.encode([text for _, text in batch]))
            unsaved += len(batch)
            if unsaved >= _SAVE_EVERY:
                self._save()
                unsaved = 0
        if unsaved:
            self._save()

    def _next(self) -> list[tuple[bytes, str]]:
        with self._changed:
            if not self._waiting or self._stopping:
                self._busy = False  # whoever adds a text from now on starts another thread
                self._changed.notify_all()
                return []
            some = list(self._waiting.items())[: 8 * _BATCH]
        # A batch costs as much as its longest text.
        return sorted(some, key=lambda item: len(item[1]))[:_BATCH]

    def _put(self, batch: Sequence[tuple[bytes, str]], vectors: Vectors) -> None:
        with self._changed:
            for (key, _), vector in zip(batch, vectors, strict=True):
                row = self._rows[key]
                self._vectors[row] = vector
                self._ready[row] = True
                self._waiting.pop(key, None)

    def _save(self) -> None:
        with self._lock:
            known = {key: row for key, row in self._rows.items() if self._ready[row]}
            vectors = self._vectors[list(known.values())]
        assert self._file is not None
        try:
            self._file.write(list(known), vectors)
        except OSError as error:
            logger.warning("search: vectors could not be kept: %s", error)
