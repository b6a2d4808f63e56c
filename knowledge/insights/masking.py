"""Takes what may name a person out of a question before it is stored.

Masked are e-mail addresses (also spelled out), and numbers as long as a student's or a telephone
number, however they are grouped. Names cannot be told from words and are not masked; nothing else
in the log leads from a question to who asked it. Whole conversations, where names can be known,
are masked by `bot.masking`, which begins with `mask_line`.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 300  # characters of a question that are kept
_SHORTEST_NUMBER = 7  # digits of a student number; a class id or an academic year has fewer
# Both begin where a word begins: a long one without an address is looked through only once.
_EMAIL = re.compile(r"(?<![^\s@<>,;])[^\s@<>,;]+\s?@\s?[^\s@<>,;]+")
_SPELLED_EMAIL = re.compile(
    r"(?<!\S)\S+\s*[\[(]?\bat\b[\])]?\s*\S+\s*[\[(]?\bdot\b[\])]?\s*(?:edu|com|org|net)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\+?\(?\d[\d\s().\-/]*\d")
_YEAR = re.compile(r"(?:19|20)\d\d")


def mask(text: str) -> str:
    """The text in one line, at most `LONGEST` characters, its e-mails and long numbers masked."""
    return mask_line(text[: LONGEST * 4])[:LONGEST]


def mask_line(text: str) -> str:
    """The text in one line, however long, its e-mails and long numbers masked."""
    plain = unicodedata.normalize("NFKC", text)
    visible = "".join(" " if c.isspace() else c for c in plain if c.isspace() or _shown(c))
    line = " ".join(visible.split())
    line = _EMAIL.sub("[e-mail]", line)
    line = _SPELLED_EMAIL.sub("[e-mail]", line)
    return _NUMBER.sub(_masked_number, line)


def _shown(character: str) -> bool:
    """Invisible characters would break a number in two and hide it."""
    return unicodedata.category(character)[0] != "C"


def _masked_number(match: re.Match[str]) -> str:
    groups = re.findall(r"\d+", match.group())
    if sum(map(len, groups)) < _SHORTEST_NUMBER or all(map(_YEAR.fullmatch, groups)):
        return match.group()
    return "[number]"
