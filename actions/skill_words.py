"""What is said of a running or failed skill, by the action server and later by the job server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.texts import Texts

_A_MOMENT, _A_MINUTE = 5.0, 60.0


def lasting(texts: Texts, seconds: float) -> str:
    """ "a few seconds", "about 20 seconds", "about 3 minutes"."""
    if seconds < _A_MOMENT:
        return texts.render("utter_part_few_seconds", 0)
    if seconds < _A_MINUTE:
        return texts.render("utter_part_seconds", 0, count=int(5 * round(seconds / 5)))
    minutes = round(seconds / _A_MINUTE)
    return texts.render(
        "utter_part_minutes" if minutes > 1 else "utter_part_minute", 0, count=minutes
    )


def failure(
    texts: Texts, title: str, name: str, slug: str, data: Mapping[str, Any] | None = None
) -> tuple[str, list[str]]:
    """What went wrong (`data`: the facts of the error) with what to do next, and the buttons that
    do it.
    """
    response = f"utter_skill_{slug.replace('-', '_')}"
    if not texts.has(response):
        response = "utter_skill_failed"
    facts = {**(data or {}), "skill": title, "name": name}
    if "at_most" in facts:
        facts["pictures"] = _pictures(texts, facts["at_least"], facts["at_most"])
    said, following = (texts.render(each, 0, **facts) for each in (response, f"{response}_next"))
    return f"{said} {following}", texts.buttons(f"{response}_next", **facts)


def _pictures(texts: Texts, at_least: int, at_most: int) -> str:
    """How many a demo takes: "one picture", "2 pictures", "2 to 3 pictures"."""
    part = "pictures_between" if at_least < at_most else "pictures"
    if at_most == 1:
        part = "one_picture"
    return texts.render(f"utter_part_{part}", 0, at_least=at_least, at_most=at_most)


def progress(texts: Texts, title: str, share: float) -> str:
    """How far a skill has got: "Day or night: 40% done"."""
    return texts.render("utter_skill_progress", 0, skill=title, percent=round(100 * share))
