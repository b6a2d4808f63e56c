"""What students ask for, from their conversations: which attributes they name, and which values.

Estimates are pure: an iterable of filters in, numbers out; who asked is never part of it.
P(answered) is the mean of a Beta posterior whose prior mean is the share of 791 hand-written
searches (all authors but the test author, `nlu/data/hand`) that name the attribute by themselves:
a lower bound of how many could answer when asked, good for putting attributes in order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

PRIOR_QUESTIONS = 20.0  # how many conversations the prior is worth


class Attribute(StrEnum):
    """What can be asked about the wanted course; the value is its key among a search's filters."""

    SUBJECT = "subjects"
    TOPIC = "topics"
    LEVEL = "level"
    QUARTER = "quarters"
    UNITS = "units"
    INSTRUCTOR = "instructors"
    DAY = "days"
    TIMES = "times"  # days and part of the day together, as `days:earliest-latest`
    REQUIREMENT = "requirements"


_NAMED = {
    Attribute.SUBJECT: 0.378,
    Attribute.TOPIC: 0.354,
    Attribute.LEVEL: 0.163,
    Attribute.QUARTER: 0.240,
    Attribute.UNITS: 0.096,
    Attribute.INSTRUCTOR: 0.140,
    Attribute.DAY: 0.150,
    Attribute.TIMES: 0.256,  # days, or hours, or both
    Attribute.REQUIREMENT: 0.118,
}


@dataclass(frozen=True)
class Asked:
    """One search of a conversation, as its filters alone (`{"subjects": ["history"], …}`)."""

    filters: Mapping[str, Any]


@dataclass(frozen=True)
class Habits:
    """How many searches there were, how many named each attribute, and with which values."""

    searches: int = 0
    named: Mapping[Attribute, int] = field(default_factory=dict)
    values: Mapping[Attribute, Mapping[str, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, asked: Iterable[Asked]) -> Habits:
        """Count searches; one without any known attribute still counts as a search."""
        searches = 0
        named: Counter[Attribute] = Counter()
        values: dict[Attribute, Counter[str]] = defaultdict(Counter)
        for one in asked:
            searches += 1
            for attribute in Attribute:
                said = _said(attribute, one.filters)
                named[attribute] += bool(said)
                values[attribute].update(said)
        return cls(searches, named, values)

    def answered(self, attribute: Attribute) -> float:
        """P(a student cares about and can tell this attribute), smoothed, between 0 and 1."""
        prior = _NAMED[attribute] * PRIOR_QUESTIONS
        return (self.named.get(attribute, 0) + prior) / (self.searches + PRIOR_QUESTIONS)

    def count(self, attribute: Attribute, *spellings: str) -> int:
        """How often a value was asked for, under any of its spellings."""
        counted = self.values.get(attribute, {})
        return sum(counted.get(spelling, 0) for spelling in {each.casefold() for each in spellings})


def _said(attribute: Attribute, filters: Mapping[str, Any]) -> set[str]:
    """The values of one filter, folded; a range of units counts each number once."""
    if attribute is Attribute.TIMES:
        return _times(filters)
    value = filters.get(attribute.value)
    if value is None:
        return set()
    listed = _listed(value)
    if attribute is Attribute.UNITS and len(listed) == 2 and all(_whole(n) for n in listed):
        low, high = int(listed[0]), min(int(listed[1]), int(listed[0]) + 30)
        return {str(number) for number in range(low, high + 1)}
    return {str(each).casefold() for each in listed if str(each).strip()}


def _times(filters: Mapping[str, Any]) -> set[str]:
    """Days, hours or both, spelled as the graph spells them."""
    days = [str(day) for day in _listed(filters.get("days") or ()) if str(day).strip()]
    ends = [filters.get(end) for end in ("earliest", "latest")]
    if not days and not any(_whole(end) for end in ends):
        return set()
    hours = "-".join(str(end) if _whole(end) else "" for end in ends)
    return {f"{','.join(days)}:{hours}".casefold()}


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple | set | frozenset) else [value]


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
