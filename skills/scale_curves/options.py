"""What a student may choose of the live experiment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from skills.errors import InvalidOption
from skills.scale_curves.generated import Experiment


def chosen(options: Mapping[str, Any]) -> Experiment:
    """The experiment of `sizes` ("50, 500, 5000" or numbers), `seed` and `noise`.

    Raise InvalidOption; sizes may come in any order.
    """
    wanted: dict[str, Any] = {}
    for name, read in (("sizes", _sizes), ("seed", _whole), ("noise", float)):
        if name in options:
            try:
                wanted[name] = read(options[name])
            except (TypeError, ValueError, OverflowError) as error:
                raise InvalidOption(name) from error
    return Experiment(**wanted)


def _sizes(said: Any) -> tuple[int, ...]:
    parts = said.replace(";", ",").split(",") if isinstance(said, str) else said
    return tuple(sorted({_whole(part) for part in parts}))


def _whole(said: Any) -> int:
    number = float(said)
    if number != int(number):
        raise ValueError("a whole number")
    return int(number)
