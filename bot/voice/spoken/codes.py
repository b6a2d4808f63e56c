"""Course codes as they are said, and the code that somebody said."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bot.voice.spoken.letters import bare_name, letter_at, names_of
from bot.voice.spoken.numbers import number_at, readings

_PARTS = re.compile(r"([A-Z&]+?)(\d{1,3})([A-Z]{0,3})")
# Said as words. A subject that is not here and has at most four letters is spelled out.
SUBJECT_WORDS: Mapping[str, tuple[str, ...]] = {
    "AFRICAAM": (
        "african and african american studies",
        "african american studies",
        "africa a. m.",
    ),
    "ARTHIST": ("art history", "art hist"),
    "BIO": ("bio", "biology"),
    "BIOE": ("bio e.", "bioengineering", "bio engineering"),
    "CHEM": ("chem", "chemistry"),
    "CLASSICS": ("classics",),
    "CME": ("c. m. e.",),
    "COMM": ("comm", "communication"),
    "CS": ("c. s.", "computer science", "comp sci"),
    "EARTHSYS": ("earth systems", "earth sys"),
    "ECON": ("econ", "economics"),
    "EE": ("e. e.", "double e.", "electrical engineering"),
    "ENGLISH": ("english",),
    "ENGR": ("engineering", "e. n. g. r."),
    "FRENLANG": ("french language", "french lang", "french"),
    "HISTORY": ("history",),
    "LINGUIST": ("linguistics", "linguist"),
    "MATH": ("math", "mathematics"),
    "ME": ("m. e.", "mechanical engineering"),
    "MS&E": ("m. s. and e.", "m. s. e.", "management science and engineering"),
    "MUSIC": ("music",),
    "PHIL": ("phil", "philosophy"),
    "PHYSICS": ("physics",),
    "POLISCI": ("poli sci", "political science"),
    "PSYCH": ("psych", "psychology"),
    "PWR": ("p. w. r.",),
    "SOC": ("soc", "sociology"),
    "SPANLANG": ("spanish language", "spanish lang", "spanish"),
    "STATS": ("stats", "statistics", "stat"),
}


def parts_of(code: str) -> tuple[str, int, str] | None:
    """Subject, number and suffix of a written code."""
    match = _PARTS.fullmatch(code)
    return (match[1], int(match[2]), match[3]) if match else None


def subject_forms(subject: str) -> tuple[str, ...]:
    """How a subject is said: words, or letters as the dictionary names them ("c. s.")."""
    spelled = " ".join("and" if c == "&" else bare_name(c) for c in subject)
    if subject in SUBJECT_WORDS:
        return SUBJECT_WORDS[subject]
    return (spelled,) if len(subject) <= 4 else (subject.lower(), spelled)


def spoken_forms(code: str) -> tuple[str, ...]:
    """Every usual way to say a code, the likeliest first; empty when it is none."""
    parts = parts_of(code)
    if parts is None:
        return ()
    subject, number, suffix = parts
    spelled = "".join(f" {bare_name(letter)}" for letter in suffix)
    return tuple(
        f"{name} {digits}{spelled}"
        for digits in readings(number)
        for name in subject_forms(subject)
    )


@dataclass(frozen=True)
class SpokenCodes:
    """Finds the codes of one catalogue in what was said; others too, when nothing else fits."""

    codes: Collection[str]
    _subjects: Mapping[tuple[str, ...], str] = field(init=False)

    def __post_init__(self) -> None:
        named = {parts[0] for code in self.codes if (parts := parts_of(code))}
        forms = {
            plain: subject
            for subject in sorted(named | set(SUBJECT_WORDS))
            for form in (*subject_forms(subject), subject.lower())
            if any("." not in word for word in form.split()) and form != "me"
            for plain in _plain(form)
        }
        object.__setattr__(self, "_subjects", forms)

    @cached_property
    def _spelled(self) -> Mapping[str, str]:
        """Subjects by their letters, the ampersand left out: "MSE" is MS&E."""
        subjects = {*self._subjects.values()}
        return {subject.replace("&", ""): subject for subject in subjects if len(subject) <= 4}

    def code_at(self, words: tuple[str, ...], position: int) -> tuple[str, int]:
        """The code said from a position on, and the words it takes; ("", 0) when none is."""
        for subject, taken in self._subjects_at(words, position):
            found = self._numbered(subject, words, position + taken)
            if found[1]:
                return found[0], taken + found[1]
        return "", 0

    def _subjects_at(self, words: tuple[str, ...], position: int) -> list[tuple[str, int]]:
        found = [
            (self._subjects[words[position : position + length]], length)
            for length in range(min(5, len(words) - position), 0, -1)
            if words[position : position + length] in self._subjects
        ]
        letters, at = "", position
        while len(letters) < 5:
            said, taken = letter_at(words, at)
            if not taken:
                if words[at : at + 1] != ("and",) or letters != "MS":
                    break
                at += 1
                continue
            letters, at = letters + said, at + taken
            if letters in self._spelled:
                found.append((self._spelled[letters], at - position))
        return sorted(found, key=lambda pair: -pair[1])

    def _numbered(self, subject: str, words: tuple[str, ...], position: int) -> tuple[str, int]:
        """The number and suffix after a subject: a code of the catalogue before any other."""
        ways = [
            (f"{subject}{number}{suffix}", length + more)
            for number, length in number_at(words, position)
            for suffix, more in _suffixes_at(words, position + length)
        ]
        ways += _glued(subject, words, position)
        known = [way for way in ways if way[0] in self.codes]
        if known:
            return known[0]
        cautious = [way for way in ways if _certain(way, words, position)]
        return (cautious or ways or [("", 0)])[0]


def _suffixes_at(words: tuple[str, ...], position: int) -> list[tuple[str, int]]:
    """Suffixes said from a position on, the longest first, no suffix last."""
    found: list[tuple[str, int]] = [("", 0)]
    letters, at = "", position
    while len(letters) < 3:
        said, taken = letter_at(words, at)
        if not taken:
            break
        letters, at = letters + said, at + taken
        found.append((letters[:3], at - position))
    return found[::-1]


def _glued(subject: str, words: tuple[str, ...], position: int) -> list[tuple[str, int]]:
    """ "106a" in one word, as better recognisers write it."""
    word = words[position] if position < len(words) else ""
    match = re.fullmatch(r"(\d{1,3})([a-z]{1,3})", word)
    return [(f"{subject}{match[1]}{match[2].upper()}", 1)] if match else []


def _certain(way: tuple[str, int], words: tuple[str, ...], position: int) -> bool:
    """No article is taken for a suffix: "math fifty a good class" is no MATH50A."""
    last = words[position + way[1] - 1]
    at_the_end = position + way[1] == len(words)
    return at_the_end or last not in ("a", "i", "be", "are", "you", "see", "why", "tea", "oh")


def _plain(form: str) -> Iterator[tuple[str, ...]]:
    """A subject's words, its letters under every name: "bio e" and "bio ee" for "bio e."."""
    ways = [names_of(word[0].upper()) if word[1:] == "." else (word,) for word in form.split()]
    return itertools.product(*ways)
