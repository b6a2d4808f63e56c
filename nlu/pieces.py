"""Words to word pieces and back: which piece begins which word. Uses `tokenizers` alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Encoding, Tokenizer

MAX_PIECES = 192


@dataclass(frozen=True)
class Pieces:
    """Piece ids with [CLS] and [SEP], and each word's first piece (None when it was cut off)."""

    ids: tuple[int, ...]
    first: tuple[int | None, ...]


class PieceMaker:
    """The encoder's own tokenizer, fed with our words."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_padding()
        tokenizer.enable_truncation(MAX_PIECES)
        self._tokenizer = tokenizer

    @classmethod
    def load(cls, folder: Path) -> PieceMaker:
        """From a folder with tokenizer.json."""
        return cls(Tokenizer.from_file(str(folder / "tokenizer.json")))

    def pieces(self, words: Sequence[str]) -> Pieces:
        """The pieces of one utterance."""
        encoded: Encoding = self._tokenizer.encode(list(words), is_pretokenized=True)
        first: list[int | None] = [None] * len(words)
        for place, word in enumerate(encoded.word_ids):
            if word is not None and first[word] is None:
                first[word] = place
        return Pieces(tuple(encoded.ids), tuple(first))
