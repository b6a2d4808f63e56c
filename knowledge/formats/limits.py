"""How much of a file is read before it is refused, so that no file can fill the memory."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Upper bounds; the defaults hold the largest real department with a wide margin.

    `total_bytes` bounds the file, `record_bytes` and `record_elements` one course with all its
    sections, `text_chars` the text of one element, `token_bytes` what has no end yet (a tag, a
    comment), `depth` the nesting.
    """

    total_bytes: int = 1 << 30
    record_bytes: int = 32 << 20
    record_elements: int = 200_000
    text_chars: int = 256 << 10
    token_bytes: int = 1 << 20
    depth: int = 16
