"""Class times beside campus time, for students whose client says that they are elsewhere.

Nothing changes for a student on campus time or in an unknown zone.
"""

from __future__ import annotations

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from actions.texts import Texts
from bot.dialogue.zones import elsewhere, meeting_elsewhere, on_campus, place


def beside(texts: Texts, times: str, zone: ZoneInfo | None, first: date, last: date) -> str:
    """The meetings of a term from `first` to `last`, with what they are on the reader's clock."""
    versions = meeting_elsewhere(times, zone, first, last) if zone is not None else ()
    if zone is None or not versions:
        return times
    local = texts.render("utter_part_or", 0).join(versions)
    return texts.render("utter_part_local_times", 0, times=times, local=local, place=place(zone))


def end_of_day(texts: Texts, day: date, zone: ZoneInfo | None) -> str:
    """When a campus day, the last for something, ends on the reader's clock; "" on campus time."""
    ends = on_campus(day + timedelta(days=1), time())
    local = elsewhere(ends, zone) if zone is not None else ends
    if zone is None or local.utcoffset() == ends.utcoffset():
        return ""
    facts = {"day": day.isoformat(), "time": f"{local:%-H:%M}", "local": local.date().isoformat()}
    return texts.render("utter_part_day_elsewhere", 0, **facts, place=place(zone))
