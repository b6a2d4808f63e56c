"""Understands the bot from its texts alone, by turning its responses around.

Each text of `bot/domain/*.yml` with its {places} becomes a pattern. What a message says is the
response that accounts for most of its letters; a message put together from several ones is read
piece by piece. The same for replies in process and over REST, and for responses written later.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import yaml

from bot.policy.simulator.values import Reply

DOMAIN = Path(__file__).parents[3] / "domain"
UNKNOWN = "unknown"  # the name of what no response explains
_PLACE = re.compile(r"\{(\w+)\}")
_CODE = r"[A-Z][A-Z&]*\s?\d+[A-Z]*"
# What a place can hold, where that tells two responses apart; anything within a line otherwise.
_SHAPES = {
    "quarter": "(?:Autumn|Winter|Spring|Summer)",
    "year": r"\d{4}",
    "when": r"(?: (?:for )?(?:Autumn|Winter|Spring|Summer)?(?: ?\d{4})?)?",
    **dict.fromkeys(("course", "dropped"), rf"{_CODE}(?: [^\n]*?)?"),
    **dict.fromkeys(("code", "other_code"), _CODE),
    **dict.fromkeys(("number", "count", "seats", "capacity", "position", "waitlisted"), r"\d+"),
    **dict.fromkeys(("list", "sections", "ways", "reasons", "description", "answer"), r"[\s\S]*?"),
}
_ANYTHING = r"[^\n]*?"
_OF_DOORS = ("utter_slack_",)  # labels and forms of a door, no replies of the bot
_MOST_LINES = 30  # of one piece of a message that several responses make up


@dataclass(frozen=True)
class Heard:
    """One response as it was understood; `names` are all whose words are the same."""

    name: str
    names: frozenset[str]
    facts: Mapping[str, str] = field(default_factory=dict)
    buttons: tuple[str, ...] = ()
    text: str = ""

    def get(self, fact: str) -> str:
        """A fact, or nothing."""
        return self.facts.get(fact, "")

    @property
    def code(self) -> str:
        """The code of the class it speaks of, or nothing."""
        return code_in(self.get("course") or self.get("code"))


@dataclass(frozen=True)
class _Form:
    """One wording of a response: its pattern and how many letters are its own."""

    name: str
    pattern: re.Pattern[str]
    weight: int
    longest: str  # of its fixed pieces: a message without it needs no closer look
    template: str
    tells: bool  # something of its own: any sentence could be a "{about}."


def code_in(text: str) -> str:
    """The code that a course's label begins with, without a space; nothing when there is none."""
    found = re.match(_CODE, text)
    return found.group().replace(" ", "") if found else ""


class Reader:
    """Reads replies by the responses of the domain files."""

    def __init__(self, responses: Mapping[str, Sequence[str]]) -> None:
        forms = [_form(name, text) for name, texts in responses.items() for text in texts]
        self._said = sorted((f for f in forms if not _is_part(f.name)), key=_by_weight)
        self._parts = sorted((f for f in forms if _is_part(f.name)), key=_by_weight)
        self._telling = [form for form in self._parts if form.tells]

    @classmethod
    def of_domain(cls, folder: Path = DOMAIN) -> Reader:
        """A reader of every response there is."""
        return cls(responses_of(folder))

    def read(self, reply: Reply) -> tuple[Heard, ...]:
        """What a message says, in its order; a single unknown thing when nothing explains it."""
        text = reply.text.strip()
        pieces = self._pieces(text)
        if not pieces:
            return (Heard(UNKNOWN, frozenset({UNKNOWN}), {}, reply.buttons, text),)
        last = Heard(**{**vars(pieces[-1]), "buttons": reply.buttons})
        return (*pieces[:-1], last)

    def parts(self, text: str) -> tuple[Heard, ...]:
        """The lines of a list, each by the part that explains it; without those that none does."""
        read = (_best(self._parts, line) for line in text.split("\n") if line.strip())
        return tuple(heard for heard in read if heard is not None)

    def _pieces(self, text: str) -> list[Heard]:
        whole = _best(self._said, text)
        if whole is not None:
            return [whole]
        lines, place, found = text.split("\n"), 0, []
        while place < len(lines):
            heard, taken = self._longest(lines[place : place + _MOST_LINES])
            place += taken
            if heard is not None:
                found.append(heard)
        return found

    def _longest(self, lines: Sequence[str]) -> tuple[Heard | None, int]:
        """What most of the first lines say together, and how many they are."""
        for count in range(len(lines), 0, -1):
            heard = _best(self._said, "\n".join(lines[:count]).strip())
            if heard is not None:
                return heard, count
        return _best(self._telling, lines[0]) if lines[0].strip() else None, 1


@lru_cache(maxsize=1)
def the_reader() -> Reader:
    """The reader of this domain, made once."""
    return Reader.of_domain()


@lru_cache(maxsize=4)
def responses_of(folder: Path = DOMAIN) -> dict[str, list[str]]:
    """All wordings of all responses but those that only a door shows."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.glob("*.yml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        for name, variants in (data.get("responses") or {}).items():
            if not name.startswith(_OF_DOORS):
                found[name] = [variant["text"] for variant in variants if variant.get("text")]
    return found


def read_all(replies: Iterable[Reply]) -> tuple[Heard, ...]:
    """All that several messages say."""
    return tuple(heard for reply in replies for heard in the_reader().read(reply))


def _is_part(name: str) -> bool:
    return name.startswith(("utter_part_", "utter_fact_", "reading_"))


def _by_weight(form: _Form) -> int:
    return -form.weight


def _form(name: str, text: str) -> _Form:
    text = text.strip().replace("{{", "{").replace("}}", "}") if "{{" in text else text.strip()
    pieces, pattern, seen = _PLACE.split(text), "", set()
    for number, piece in enumerate(pieces):
        if number % 2 == 0:
            pattern += re.escape(piece)
        elif piece in seen:
            pattern += f"(?P={piece})"
        else:
            seen.add(piece)
            pattern += f"(?P<{piece}>{_SHAPES.get(piece, _ANYTHING)})"
    fixed = pieces[::2]
    weight = sum(len(piece) for piece in fixed)
    tells = any(map(str.isalpha, "".join(fixed))) or any(place in _SHAPES for place in seen)
    longest, template = max(fixed, key=len), _PLACE.sub("{}", text)
    return _Form(name, re.compile(pattern), weight, longest, template, tells)


def _best(forms: Sequence[_Form], text: str) -> Heard | None:
    """The form with most letters of its own that is all of the text; forms come heaviest first."""
    stripped = text.strip()
    for form in forms:
        match = form.pattern.fullmatch(stripped) if form.longest in stripped else None
        if match is None:
            continue
        twins = frozenset(f.name for f in forms if f.template == form.template)
        return Heard(form.name, twins, match.groupdict(), (), stripped)
    return None
