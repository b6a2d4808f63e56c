"""What of a page a browser would run, read as a browser reads it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_OURS = re.compile(r"/(static|widget)[\w./\-]*")
_FRAMES = frozenset({"iframe", "object", "embed", "base", "portal", "applet", "frame", "math"})
_ADDRESSES = frozenset({"href", "src", "action", "formaction", "data", "xlink:href", "poster"})
_SCHEME = re.compile(
    r"[\s\x00-\x20]*(javascript|vbscript|data:text|blob|(https?:)?[/\\]{2,}evil)", re.IGNORECASE
)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._script = tag == "script"
        foreign = not _OURS.fullmatch(given.get("src", "").split("?")[0])
        if tag == "script" and given.get("type") != "application/json" and foreign:
            self.found.append(f"script {given}")
        if tag in _FRAMES or (tag == "meta" and "http-equiv" in given):
            self.found.append(f"{tag} {given}")
        for name, value in given.items():
            if name.startswith("on"):
                self.found.append(f"{tag} {name}")
            address = re.sub(r"[\t\n\r]", "", value)
            if name in _ADDRESSES and _SCHEME.match(address):
                self.found.append(f"{tag} {name}={value}")

    def handle_endtag(self, tag: str) -> None:
        self._script = self._script and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._script and "hit()" in data:
            self.found.append(f"in a script: {data[:80]}")


def dangers(page: str) -> list[str]:
    """Elements, attributes and addresses that would run something; empty for a good page."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.found
