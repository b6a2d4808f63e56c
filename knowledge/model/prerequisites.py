"""Prerequisites as AND/OR trees (`Both`, `Either`): parsing, checking, naming what is missing.

Grammar: `expr := conj ("or" conj)*`, `conj := leaf ("and" leaf)*`,
`leaf := CODE ["concurrently"] | "consent" | "(" expr ")"`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.errors import InvalidCode, InvalidPrerequisite
from knowledge.model.codes import CourseCode


@dataclass(frozen=True)
class Record:
    """What a student brings: courses passed, and courses of the same or an earlier open term."""

    completed: frozenset[CourseCode] = frozenset()
    earlier: frozenset[CourseCode] = frozenset()
    concurrent: frozenset[CourseCode] = frozenset()


@dataclass(frozen=True)
class Requires:
    """A leaf: one course, taken before or (if allowed) at the same time."""

    code: CourseCode
    concurrently: bool = False

    def met(self, record: Record) -> bool:
        """Whether the record holds this course; courses in progress in an earlier term count."""
        done = record.completed | record.earlier
        return self.code in done or (self.concurrently and self.code in record.concurrent)

    def __str__(self) -> str:
        return f"{self.code} concurrently" if self.concurrently else str(self.code)


@dataclass(frozen=True)
class Consent:
    """A leaf: the instructor's consent, which no record meets by itself."""

    def met(self, record: Record) -> bool:
        """Consent is given by a person, never by a record."""
        return False

    def __str__(self) -> str:
        return "consent"


@dataclass(frozen=True)
class Both:
    """Every part must be met."""

    parts: tuple[Prerequisite, ...]

    def met(self, record: Record) -> bool:
        """Whether all parts are met."""
        return all(part.met(record) for part in self.parts)

    def __str__(self) -> str:
        return " and ".join(f"({p})" if isinstance(p, Either) else str(p) for p in self.parts)


@dataclass(frozen=True)
class Either:
    """One part is enough."""

    parts: tuple[Prerequisite, ...]

    def met(self, record: Record) -> bool:
        """Whether some part is met."""
        return any(part.met(record) for part in self.parts)

    def __str__(self) -> str:
        return " or ".join(f"({p})" if isinstance(p, Both) else str(p) for p in self.parts)


Prerequisite = Requires | Consent | Both | Either


def missing(tree: Prerequisite, record: Record) -> Prerequisite | None:
    """The unmet part of a tree: only the unmet conjuncts, whole alternatives; None when met."""
    if tree.met(record):
        return None
    if isinstance(tree, Both):
        unmet = tuple(part for p in tree.parts if (part := missing(p, record)) is not None)
        return unmet[0] if len(unmet) == 1 else Both(unmet)
    return tree


def codes(tree: Prerequisite) -> Iterator[CourseCode]:
    """Every course named in the tree, left to right."""
    if isinstance(tree, Requires):
        yield tree.code
    elif isinstance(tree, Both | Either):
        for part in tree.parts:
            yield from codes(part)


def parse(text: str) -> Prerequisite:
    """Read the written form; raise InvalidPrerequisite with the position of the first fault."""
    return _Parser(text).whole()


_DEEPEST = 40  # parentheses inside each other; people need three
_TOKEN = re.compile(
    r"\s*(?:(\()|(\))|(and\b)|(or\b)|(consent\b)|(concurrently\b)|([A-Z&]+\s?\d+[A-Z]*))",
    re.IGNORECASE,
)


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0  # behind the token that is looked at
        self.begin = 0  # where that token stands: faults are told there
        self.kind, self.word = 0, ""
        self.depth = 0
        self._advance()

    def whole(self) -> Prerequisite:
        tree = self._expression()
        if self.kind:
            raise InvalidPrerequisite(self.text, self.begin)
        return tree

    def _advance(self) -> None:
        rest = self.text[self.position :].lstrip()
        self.begin = len(self.text) - len(rest)
        if not rest:
            self.kind, self.word = 0, ""
            return
        match = _TOKEN.match(self.text, self.position)
        if match is None:
            raise InvalidPrerequisite(self.text, self.begin)
        self.kind, self.word = match.lastindex or 0, match.group(match.lastindex or 0)
        self.position = match.end()

    def _expression(self) -> Prerequisite:
        parts = [self._conjunction()]
        while self.kind == 4:
            self._advance()
            parts.append(self._conjunction())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _conjunction(self) -> Prerequisite:
        parts = [self._leaf()]
        while self.kind == 3:
            self._advance()
            parts.append(self._leaf())
        return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def _leaf(self) -> Prerequisite:
        kind, word, begin = self.kind, self.word, self.begin
        if kind not in (1, 5, 7):
            raise InvalidPrerequisite(self.text, begin)
        self._advance()
        if kind == 1:
            return self._group(begin)
        if kind == 5:
            return Consent()
        return self._course(word, begin)

    def _group(self, begin: int) -> Prerequisite:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise InvalidPrerequisite(self.text, begin)
        tree = self._expression()
        if self.kind != 2:
            raise InvalidPrerequisite(self.text, self.begin)
        self._advance()
        self.depth -= 1
        return tree

    def _course(self, word: str, begin: int) -> Prerequisite:
        try:
            code = CourseCode.listed(word.upper())
        except InvalidCode as error:
            raise InvalidPrerequisite(self.text, begin) from error
        concurrently = self.kind == 6
        if concurrently:
            self._advance()
        return Requires(code, concurrently)
