"""Course codes in all the ways students type them."""

from __future__ import annotations

import re

_SUBJECT_ALIASES = {
    "MSE": "MS&E",
    "MSANDE": "MS&E",
    "HIST": "HISTORY",
    "ENGL": "ENGLISH",
    "STAT": "STATS",
    "PHYS": "PHYSICS",
    "PSY": "PSYCH",
    "LING": "LINGUIST",
    "POLI": "POLISCI",
    "POLSCI": "POLISCI",
    "MTH": "MATH",
    "MUS": "MUSIC",
    "COMPSCI": "CS",
}
# Subjects by their names, as they are spoken: "computer science one oh six a".
_NAMES = {
    "COMPUTER SCIENCE": "CS",
    "POLITICAL SCIENCE": "POLISCI",
    "ELECTRICAL ENGINEERING": "EE",
    "MECHANICAL ENGINEERING": "ME",
    "ART HISTORY": "ARTHIST",
    "ECONOMICS": "ECON",
    "PSYCHOLOGY": "PSYCH",
    "PHILOSOPHY": "PHIL",
    "BIOLOGY": "BIO",
    "CHEMISTRY": "CHEM",
    "STATISTICS": "STATS",
    "SOCIOLOGY": "SOC",
    "LINGUISTICS": "LINGUIST",
    "MATHEMATICS": "MATH",
}
_NAME = re.compile(
    rf"\b(?:{'|'.join(name.replace(' ', chr(92) + 's+') for name in _NAMES)})(?=[\s\-]*\d)"
)
_CODE = re.compile(
    r"(?<![A-Z])([A-Z][A-Z&]{0,11}(?:\s(?:AND\s|&\s)?E(?=\s*\d))?)"  # subject, "MS and E" too
    r"[\s\-_]*(\d{1,3})(?:[\s\-]?([A-Z]{1,3}))?(?![A-Z0-9])"  # number and suffix
)
_BARE = re.compile(r"(?<![A-Z0-9])(\d{1,3})(?:\s?([A-Z]{1,3}))?(?![A-Z0-9])")
_SPELLED = {"OH": "0", "ONE": "1", "TWO": "2", "THREE": "3", "FOUR": "4", "FIVE": "5", "SIX": "6",
            "SEVEN": "7", "EIGHT": "8", "NINE": "9"}  # fmt: skip
_JOINING = frozenset({"AND", "OR", "THEN", "TO", "FOR", "WITH", "NOT", "TAKE", "VS", "CLASS", "IN"})
_NOT_SUFFIX = frozenset({"AND", "OR", "IN", "FOR", "AT", "ON", "THE", "IS", "IT", "TO", "VS"})


def codes(text: str, subject: str | None = None) -> tuple[str, ...]:
    """Every code in a span, normalised: "cs 106 a and 109" → ("CS106A", "CS109").

    A bare number takes the subject of the code before it, or `subject` (the conversation's), or
    stays bare ("106A") for the caller to ask about.
    """
    plain = _siblings(_named(_digits(_spoken(text.upper()))))
    found: list[str] = []
    position, last = 0, subject
    while position < len(plain):
        match = _next_code(plain, position)
        bare = _BARE.search(plain, position)
        if match and (not bare or match.start() <= bare.start()):
            last = _subject(match.group(1))
            found.append(last + match.group(2) + _suffix(match.group(3)))
            position = match.end(3) if _suffix(match.group(3)) else match.end(2)
        elif bare:
            found.append((last or "") + bare.group(1) + _suffix(bare.group(2)))
            position = bare.end(2) if _suffix(bare.group(2)) else bare.end(1)
        else:
            break
    return tuple(dict.fromkeys(found))


def widened(text: str, start: int, end: int) -> str:
    """The span from `start` to `end` with the words before it that belong to its subject's name:
    "science 109" after "computer".
    """
    span = text[start:end]
    first = re.match(r"[A-Za-z]+", span)
    for name in _NAMES if first else ():
        words = name.split()
        if first and first.group().upper() in words[1:]:
            before = " ".join(words[: words.index(first.group().upper())])
            spoken = re.search(rf"\b{before}\s+$", text[:start], re.IGNORECASE)
            if spoken:
                return text[spoken.start() : end]
    return span


def is_bare(code: str) -> bool:
    """Whether a normalised code still lacks its subject."""
    return code[:1].isdigit()


def _next_code(text: str, position: int) -> re.Match[str] | None:
    """The next code whose subject is not just a joining word ("… and 109")."""
    matches = _CODE.finditer(text, position)
    return next((match for match in matches if match.group(1) not in _JOINING), None)


def _subject(text: str) -> str:
    joined = re.sub(r"\s", "", text)
    return _SUBJECT_ALIASES.get(joined, joined)


def _suffix(text: str | None) -> str:
    return "" if text is None or text in _NOT_SUFFIX else text


def _spoken(text: str) -> str:
    """ "C S 106A" and, from speech, "SEE S 106A" → "CS 106A"."""
    return re.sub(r"\b(?:C|SEE|SEA)[\s.]+S\.?(?=[\s\-]*\d)", "CS", text)


def _named(text: str) -> str:
    """ "COMPUTER SCIENCE 109" → "CS 109"."""
    return _NAME.sub(lambda match: _NAMES[" ".join(match.group().split())], text)


def _siblings(text: str) -> str:
    """ "CS106A/B", "CS 106 A OR B" → the number again before the second letter."""
    joined = r"(?:\s*[/,]\s*|\s+(?:OR|AND)\s+)"
    pattern = rf"(\d{{1,3}})(\s?[A-Z])({joined})([A-Z])\b(?!\s*\d)"
    return re.sub(pattern, r"\1\2\3\1\4", text)


def _digits(text: str) -> str:
    """Spelled digits after a subject become digits: "CS ONE OH SIX A" → "CS 106 A"."""
    words = r"(?:OH|ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE)"

    def join(match: re.Match[str]) -> str:
        return "".join(_SPELLED[word] for word in match.group().split())

    return re.sub(rf"\b{words}(?:\s+{words})+\b", join, text)
