"""The value of a span by its slot, as plain JSON for the parse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from typing import Any

from nlu.normalise import choices, codes, terms, times

_BY_SLOT: dict[str, Callable[[str], Any]] = {
    "code": codes.codes,
    "quarter": terms.quarter,
    "year": terms.year,
    "units": choices.units,
    "day": times.days,
    "time": times.window,
    "level": choices.level,
    "requirement": choices.requirement,
    "grading": choices.grading,
    "attribute": choices.attribute,
    "suid": lambda text: "".join(filter(str.isdigit, text)),
}


def normalised(slot: str, text: str) -> Any:
    """The value in JSON, or None when the slot has no closed form or the text does not fit it."""
    read = _BY_SLOT.get(slot)
    value = read(text) if read is not None else None
    if value is None:
        return None
    if is_dataclass(value) and not isinstance(value, type):
        return {name: part for name, part in asdict(value).items() if part is not None}
    return sorted(value) if isinstance(value, frozenset) else value
