"""XML from untrusted hands as a stream of small trees, one per wanted element, in bounded memory.

Only UTF-8 without a document type is read: no entity can be declared, so none can be expanded.
"""

from __future__ import annotations

import codecs
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, NoReturn
from xml.parsers import expat

from knowledge.formats.faults import (
    SHOWN,
    ConstructForbidden,
    EncodingRefused,
    FileForeign,
    FileMalformed,
    LimitExceeded,
)
from knowledge.formats.limits import Limits

_CHUNK = 1 << 16
_ENCODINGS = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})


@dataclass(slots=True)
class Node:
    """An element with its attributes, its own text and its children, and where it began."""

    name: str
    attributes: dict[str, str]
    line: int
    column: int
    parts: list[str] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The element's own text, outer white space removed."""
        return "".join(self.parts).strip()

    def within(self, *path: str) -> list[Node]:
        """All descendants that such a path of names leads to."""
        nodes = [self]
        for name in path:
            nodes = [child for node in nodes for child in node.children if child.name == name]
        return nodes


class ElementFeed:
    """Takes a document piece by piece and hands out every outermost `wanted` element, in order.

    The document must have one of these roots. Every method raises a fault of
    `knowledge.formats.faults` as soon as the document shows it.
    """

    def __init__(self, wanted: str, roots: frozenset[str], limits: Limits) -> None:
        self._trees = _Trees(wanted, roots, limits)
        self._utf8 = _Utf8()
        self._left, self._limit = limits.total_bytes, limits.total_bytes

    def feed(self, chunk: bytes) -> Iterator[Node]:
        """The elements that this piece completes."""
        for start in range(0, len(chunk), _CHUNK):
            yield from self._take(chunk[start : start + _CHUNK])

    def close(self) -> Iterator[Node]:
        """The elements that the end completes; a document that is cut off is malformed."""
        yield from self._take(b"", final=True)

    def _take(self, chunk: bytes, *, final: bool = False) -> Iterator[Node]:
        self._left -= len(chunk)
        if self._left < 0:
            self._trees.exceeded("file", self._limit)
        self._utf8.check(chunk, final=final)
        self._trees.feed(chunk, final=final)
        yield from self._trees.taken()


def read_elements(
    source: BinaryIO, wanted: str, roots: frozenset[str], limits: Limits
) -> Iterator[Node]:
    """The same of an open file."""
    feed = ElementFeed(wanted, roots, limits)
    while chunk := source.read(_CHUNK):
        yield from feed.feed(chunk)
    yield from feed.close()


class _Utf8:
    """Checks bytes chunk by chunk and knows the place of the first wrong one."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("strict")
        self._line, self._column = 1, 1

    def check(self, chunk: bytes, *, final: bool = False) -> None:
        try:
            self._advance(self._decoder.decode(chunk, final))
        except UnicodeDecodeError as error:
            self._advance(error.object[: error.start].decode("utf-8"))
            raise EncodingRefused(self._line, self._column, "utf-8") from error

    def _advance(self, text: str) -> None:
        breaks = text.count("\n")
        self._line += breaks
        self._column = len(text) - text.rfind("\n") if breaks else self._column + len(text)


class _Trees:
    """Expat's events as trees of the wanted elements; everything between them is forgotten."""

    def __init__(self, wanted: str, roots: frozenset[str], limits: Limits) -> None:
        self._wanted, self._roots, self._limits = wanted, roots, limits
        self._open: list[Node] = []
        self._depth = 0
        self._elements = self._chars = self._began = 0
        self._fed = self._seen = 0
        self._done: deque[Node] = deque()
        self._parser = expat.ParserCreate("utf-8")
        self._listen(self._parser)

    def _listen(self, parser: expat.XMLParserType) -> None:
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.XmlDeclHandler = self._declaration
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._entity
        parser.CommentHandler = self._progress
        parser.ProcessingInstructionHandler = self._progress

    def feed(self, chunk: bytes, *, final: bool = False) -> None:
        """Parse one more piece of the document."""
        self._fed += len(chunk)
        try:
            self._parser.Parse(chunk, final)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            raise FileMalformed(error.lineno, error.offset + 1, reason) from error
        if self._fed - self._seen > self._limits.token_bytes:
            self.exceeded("token", self._limits.token_bytes)
        if self._open and self._fed - self._began > self._limits.record_bytes:
            self.exceeded(self._wanted, self._limits.record_bytes)

    def taken(self) -> Iterator[Node]:
        """The trees that are complete by now, each once."""
        while self._done:
            yield self._done.popleft()

    def exceeded(self, what: str, limit: int) -> NoReturn:
        """Refuse the file at the present place."""
        raise LimitExceeded(*self._place(), what, limit)

    def _place(self) -> tuple[int, int]:
        return self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1

    def _progress(self, *_: str) -> None:
        self._seen = self._parser.CurrentByteIndex

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._progress()
        self._depth += 1
        if self._depth == 1 and name not in self._roots:
            raise FileForeign(*self._place(), name[:SHOWN])
        if self._depth > self._limits.depth:
            self.exceeded("depth", self._limits.depth)
        if self._open or name == self._wanted:
            self._push(Node(name, attributes, *self._place()))

    def _push(self, node: Node) -> None:
        if self._open:
            self._open[-1].children.append(node)
        else:
            self._elements, self._began = 0, self._parser.CurrentByteIndex
        self._open.append(node)
        self._chars = 0
        self._elements += 1
        if self._elements > self._limits.record_elements:
            self.exceeded(f"elements of a {self._wanted}", self._limits.record_elements)

    def _characters(self, text: str) -> None:
        self._progress()
        if not self._open or (not self._open[-1].parts and not text.strip()):
            return
        self._chars += len(text)
        if self._chars > self._limits.text_chars:
            self.exceeded(f"text of {self._open[-1].name}"[:SHOWN], self._limits.text_chars)
        self._open[-1].parts.append(text)

    def _end(self, name: str) -> None:
        self._progress()
        self._depth -= 1
        if self._open:
            node, self._chars = self._open.pop(), 0
            if not self._open:
                self._done.append(node)

    def _declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        self._progress()
        if encoding is not None and encoding.lower() not in _ENCODINGS:
            raise EncodingRefused(*self._place(), encoding[:SHOWN])

    def _doctype(self, *_: object) -> None:
        raise ConstructForbidden(*self._place(), "doctype")

    def _entity(self, *_: object) -> None:
        raise ConstructForbidden(*self._place(), "entity")
