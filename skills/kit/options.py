"""Reads what a run was asked for; whoever calls a skill may send anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from skills.errors import InvalidOption


def whole(
    options: Mapping[str, Any],
    name: str,
    usual: int,
    least: int | None = None,
    most: int | None = None,
) -> int:
    """A whole number from `least` to `most`, `usual` if it is not given; raise InvalidOption."""
    try:
        number = int(options.get(name, usual))
    except (TypeError, ValueError, OverflowError) as error:
        raise InvalidOption(name) from error
    if (least is not None and number < least) or (most is not None and number > most):
        raise InvalidOption(name)
    return number
