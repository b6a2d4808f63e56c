"""Spreadsheet formulas made harmless: a cell that a spreadsheet would compute gets an apostrophe.

`restore(neutralise(text)) == text` for every text. Plain negative numbers stay as they are.
"""

from __future__ import annotations

import re

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_NUMBER = re.compile(r"-\d+(?:\.\d+)?", re.ASCII)


def neutralise(text: str) -> str:
    """The text with an apostrophe in front if a spreadsheet might take it for a formula."""
    return f"'{text}" if _risky(text) else text


def restore(text: str) -> str:
    """The text without the apostrophe that `neutralise` put in front, if it did."""
    return text[1:] if text[:1] == "'" and _risky(text[1:]) else text


def _risky(text: str) -> bool:
    # Behind apostrophes too: otherwise a text that has one of its own could not be told apart.
    return text.lstrip("'").startswith(_STARTS) and not _NUMBER.fullmatch(text)
