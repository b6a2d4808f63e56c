"""Cells with a structure of their own: meetings, reserved seats, windows by group."""

from __future__ import annotations

import re
from typing import Any

from knowledge.formats.csv_cells import CellInvalid, clock, day, join, split
from knowledge.model.schedule import Day

_DAYS = {each.full_name[:3]: str(int(each)) for each in Day}
_NAMES = {digit: name for name, digit in _DAYS.items()}
_MEETING = re.compile(
    r"((?:[A-Za-z]{3,9}\s+)+)(\d{1,2}:\d{2}(?::\d{2})?)\s*-\s*(\d{1,2}:\d{2}(?::\d{2})?)"
    r"(?:\s*,\s*(.*))?",
    re.ASCII | re.DOTALL,
)
_RESERVED = re.compile(r"(.+?)\s*:\s*(\d{1,5})\s+until\s+(\S+)", re.ASCII | re.DOTALL)
_WINDOW = re.compile(r"(.+?)\s*:\s*(\S+)\s+to\s+(\S+)", re.ASCII | re.DOTALL)
_ROOM, _GROUP = 60, 40


def meetings(cell: str) -> list[dict[str, str]]:
    """Weekly patterns such as "Mon Wed 10:30-11:20, Gates B01"."""
    return [_meeting(item) for item in split(cell)]


def _meeting(item: str) -> dict[str, str]:
    match = _MEETING.fullmatch(item)
    if match is None:
        raise CellInvalid("invalid-meeting")
    names, start, end, room = match.groups()
    words = [name.capitalize()[:3] for name in names.split()]
    if any(word not in _DAYS for word in words):
        raise CellInvalid("unknown-day")
    start, end, room = clock(start), clock(end), (room or "").strip()
    if end <= start:
        raise CellInvalid("ends-before-start")
    if len(room) > _ROOM:
        raise CellInvalid("too-long", _ROOM)
    digits = "".join(sorted({_DAYS[word] for word in words}))
    return {"days": digits, "start": start, "end": end, "room": room}


def write_meetings(value: list[dict[str, str]]) -> str:
    """Weekly patterns as one cell."""
    return join([_write_meeting(meeting) for meeting in value])


def _write_meeting(meeting: dict[str, str]) -> str:
    days = " ".join(_NAMES[digit] for digit in meeting["days"])
    written = f"{days} {meeting['start']}-{meeting['end']}"
    return f"{written}, {meeting['room']}" if meeting["room"] else written


def reserved(cell: str) -> list[dict[str, Any]]:
    """Seats kept for groups, such as "graduate: 10 until 2019-01-04"."""
    return [_reserved(item) for item in split(cell)]


def _reserved(item: str) -> dict[str, Any]:
    match = _RESERVED.fullmatch(item)
    if match is None:
        raise CellInvalid("invalid-reservation")
    group, seats, until = match.groups()
    return {"group": _group(group), "seats": int(seats), "until": day(until)}


def write_reserved(value: list[dict[str, Any]]) -> str:
    """Reservations as one cell."""
    return join([f"{r['group']}: {r['seats']} until {r['until']}" for r in value])


def windows(cell: str) -> list[dict[str, str]]:
    """Windows by group, such as "graduate: 2018-10-24 to 2019-01-25", by the group's name."""
    found = {window["group"]: window for window in map(_window, split(cell))}
    return [found[group] for group in sorted(found)]


def _window(item: str) -> dict[str, str]:
    match = _WINDOW.fullmatch(item)
    if match is None:
        raise CellInvalid("invalid-window")
    group, opens, closes = match.groups()
    opens, closes = day(opens), day(closes)
    if closes < opens:
        raise CellInvalid("ends-before-start")
    return {"group": _group(group), "opens": opens, "closes": closes}


def write_windows(value: list[dict[str, str]]) -> str:
    """Windows as one cell."""
    return join([f"{w['group']}: {w['opens']} to {w['closes']}" for w in value])


def _group(name: str) -> str:
    if len(name) > _GROUP:
        raise CellInvalid("too-long", _GROUP)
    return name
