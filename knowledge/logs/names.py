"""People's names, found in a text in whatever order and case they are written in full."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

LETTER = r"[^\W\d_]"
WORD = rf"(?:\b{LETTER}\.|{LETTER}(?:{LETTER}|['’\-](?={LETTER}))*)"  # an initial, or a word
REMARK = re.compile(r"\(.*\)")  # what a record notes beside a name
_NAME = "[name]"
Key = tuple[str, ...]


class Names:
    """The names that are known now; a single word is none, since it may be any word."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._known: tuple[frozenset[Key], list[int]] = (frozenset(), [])
        self.learn(names)

    def learn(self, names: Iterable[str]) -> None:
        """Know these from now on, and no others; safe while other threads look."""
        keys = (_key(re.findall(WORD, REMARK.sub("", name))) for name in names)
        known = frozenset(key for key in keys if len(key) > 1)
        self._known = known, sorted({len(name) for name in known}, reverse=True)

    def mask(self, line: str) -> str:
        """The line without them: "Ada Lovelace", "lovelace, ada"."""
        known, lengths = self._known
        if not known:
            return line
        words = list(re.finditer(WORD, line))
        place, end, pieces = 0, 0, []
        while place < len(words):
            for length in lengths:
                run = words[place : place + length]
                if len(run) == length and _joined(line, run) and _key_of(run) in known:
                    pieces += [line[end : run[0].start()], _NAME]
                    end, place = run[-1].end(), place + length - 1
                    break
            place += 1
        return "".join((*pieces, line[end:]))


def _key(parts: Iterable[str]) -> Key:
    """A name whatever its order and case."""
    return tuple(sorted(part.rstrip(".").casefold() for part in parts))


def _key_of(words: list[re.Match[str]]) -> Key:
    return _key(word.group() for word in words)


def _joined(line: str, words: list[re.Match[str]]) -> bool:
    """Whether nothing but a comma and spaces stands between the words."""
    pairs = itertools.pairwise(words)
    return all(line[a.end() : b.start()].replace(",", "", 1).isspace() for a, b in pairs)
