"""The words of a prerequisite: codes with their subject carried over, connectives, set phrases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from knowledge.model.codes import CourseCode


class Kind(StrEnum):
    """What a word or phrase does."""

    CODE = "code"
    CONSENT = "consent"
    EQUIVALENT = "equivalent"
    CONCURRENT = "concurrent"
    RECOMMENDED = "recommended"
    EITHER = "either"
    BOTH = "both"
    AND = "and"
    OR = "or"
    COMMA = ","
    SEMICOLON = ";"
    SLASH = "/"
    OPEN = "("
    CLOSE = ")"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Token:
    """One word or phrase; `shares` marks a code that took its number from the one before it."""

    kind: Kind
    text: str
    code: CourseCode | None = None
    shares: bool = False


_PERSON = r"(?:the\s+)?(?:course\s+)?(?:instructors?|departments?|faculty|staff|director)"
_ASSENT = r"(?:consent|permission|approval)"
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("consent", rf"(?i:{_ASSENT}\s+(?:of|from|by)\s+{_PERSON}|{_PERSON}(?:'s|s'|’s)?\s+{_ASSENT})"),
    ("bare_consent", r"(?i:consent\b)"),
    (
        "concurrent",
        r"(?i:(?:(?:which\s+)?(?:may|can)\s+be\s+taken\s+)?concurrently"
        r"|concurrent\s+(?:enrollment|registration)(?:\s+in\b)?)",
    ),
    (
        "equivalent",
        r"(?i:(?:an?\s+|its\s+|the\s+|their\s+)?equivalents?\b"
        r"(?:\s+(?:courses?|classes|class|experience|background|coursework|preparation"
        r"|(?:programming|math|mathematics|statistics|college|introductory)"
        r"\s+(?:courses?|class|experience|coursework)))?)",
    ),
    (
        "recommended",
        r"(?i:(?:is|are)?\s*(?:strongly\s+|highly\s+)?(?:recommended|suggested)\b"
        r"(?:\s+but\s+not\s+required)?)",
    ),
    (
        "either",
        r"(?i:(?:at\s+least\s+)?(?:any\s+)?one\s+of(?:\s+the\s+following)?:?|any\s+of|either)\b",
    ),
    ("both", r"(?i:both|all\s+of)\b"),
    ("filler", r"(?i:(?:successful\s+)?completion\s+of|the\s+following|courses?|classes)\b|:"),
    ("and", r"(?i:and\b|as\s+well\s+as\b|plus\b)|&(?=\s)|\+(?=\s)"),
    ("or", r"(?i:or\b)"),
    ("whole", r"(?P<subject>[A-Z][A-Za-z]*(?:&[A-Z]+)?)[\s\-]?(?P<number>\d{1,4}[A-Z]{0,3})\b"),
    ("bare", r"\d{1,3}[A-Z]{0,3}\b"),
    ("suffix", r"[A-Z]{1,2}\b"),
    ("mark", r"[,;/()]"),
    ("unknown", r"[^\s,;/()]+"),
)
_SCANNER = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS))
_PLAIN = {
    "consent": Kind.CONSENT,
    "bare_consent": Kind.CONSENT,
    "concurrent": Kind.CONCURRENT,
    "equivalent": Kind.EQUIVALENT,
    "recommended": Kind.RECOMMENDED,
    "either": Kind.EITHER,
    "both": Kind.BOTH,
    "and": Kind.AND,
    "or": Kind.OR,
    "unknown": Kind.UNKNOWN,
}
_LIST = frozenset({Kind.OR, Kind.COMMA, Kind.SLASH, Kind.AND})


def tokens(words: str, subject: str, subjects: frozenset[str]) -> list[Token]:
    """The tokens of what a statement demands, for a course of this home subject.

    A subject in small letters ("Math 51") counts when it is the home subject or one of `subjects`.
    """
    return list(_Scan(subject, subjects).run(words))


class _Scan:
    def __init__(self, subject: str, subjects: frozenset[str]) -> None:
        self._home, self._known = subject, subjects | {subject}
        self._last: CourseCode | None = None
        self._before = Kind.SEMICOLON

    def run(self, words: str) -> Iterator[Token]:
        for match in _SCANNER.finditer(words):
            token = self._token(match)
            if token is not None:
                self._before = token.kind
                yield token

    def _token(self, match: re.Match[str]) -> Token | None:
        # Named groups nest (subject, number): the outermost alternative names the token.
        name = next(name for name, _ in _PATTERNS if match.group(name) is not None)
        text = match.group()
        if name == "filler":
            return None
        if name == "mark":
            return Token(Kind(text), text)
        if name in _PLAIN:
            return Token(_PLAIN[name], text)
        return self._code(name, match)

    def _code(self, name: str, match: re.Match[str]) -> Token:
        text, last = match.group(), self._last
        if name == "suffix":
            if last is None or self._before not in _LIST:
                return Token(Kind.UNKNOWN, text)
            return self._found(text, CourseCode(last.subject, last.number, text), shares=True)
        if name == "bare":
            subject = last.subject if last else self._home
            return self._found(text, _numbered(subject, text))
        subject = match.group("subject")
        if subject != subject.upper() and subject.upper() not in self._known:
            return Token(Kind.UNKNOWN, text)
        if len(subject) < 2 and subject not in self._known:
            return Token(Kind.UNKNOWN, text)
        return self._found(text, _numbered(subject.upper(), match.group("number")))

    def _found(self, text: str, code: CourseCode, *, shares: bool = False) -> Token:
        last, self._last = self._last, code
        near = last is not None and (last.subject, last.number) == (code.subject, code.number)
        return Token(Kind.CODE, text, code, shares or near)


def _numbered(subject: str, number: str) -> CourseCode:
    digits = re.match(r"\d+", number)
    place = digits.end() if digits else 0
    return CourseCode(subject, int(number[:place]), number[place:])
