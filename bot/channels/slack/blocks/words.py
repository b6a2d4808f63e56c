"""The door's own words, from `bot/domain/slack.yml`."""

from __future__ import annotations

from functools import cache
from typing import Any

from actions.texts import Texts


@cache
def _texts() -> Texts:
    return Texts.read()


def word(name: str, /, **facts: Any) -> str:
    """The response `utter_slack_NAME` with its facts."""
    return _texts().render(f"utter_slack_{name}", 0, **facts)


def units(number: int | str) -> str:
    """ "1 unit", "4 units"."""
    one = str(number) == "1"
    name = "utter_part_unit" if one else "utter_part_units"
    return _texts().render(name, 0, units=number)
