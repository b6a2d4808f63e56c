"""The sentence encoder for search and advising: all-MiniLM-L6-v2 on onnxruntime, no torch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from nlu.serving.engine import MODEL, session_of

_LONGEST = 128


class SentenceEncoder:
    """Texts to unit vectors whose dot product tells how near their meanings are."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        self._session = session_of(folder / MODEL, threads)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(_LONGEST)
        self._tokenizer.enable_padding()

    def encode(self, texts: list[str]) -> NDArray[np.float32]:
        """[n, 384] float32, every row of length one."""
        encoded = self._tokenizer.encode_batch(texts)
        feed = {
            "pieces": np.array([item.ids for item in encoded], dtype=np.int64),
            "mask": np.array([item.attention_mask for item in encoded], dtype=np.int64),
        }
        return np.asarray(self._session.run(None, feed)[0], dtype=np.float32)

    def knows(self, word: str) -> bool:
        """Whether a word is one of the vocabulary's own, not made of pieces."""
        return self._tokenizer.token_to_id(word.lower()) is not None
