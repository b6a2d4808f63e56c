"""A term's week as a PNG: Monday to Friday (the weekend when it is needed), hours downwards.

Classes that overlap stand side by side; what is planned has a dashed edge, what is waited for is
hatched; classes without hours are named below the grid.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from knowledge.model.schedule import Day, Meeting, minutes
from knowledge.registrar.planning.timetable import Entry, Standing, Timetable

_SCALE = 2  # drawn for screens with two pixels to the point
_WIDTH, _LEFT, _TOP, _FOOT, _HOUR = 960, 58, 96, 26, 52
_INK, _FAINT, _GRID, _PAPER = "#1f2430", "#767d8c", "#e4e7ee", "#ffffff"
# Fill, edge: eight hues that stay apart for colour-blind readers, light enough for dark text.
_COLOURS = (
    ("#d7e8fb", "#2f74c0"), ("#fde3c8", "#c9701a"), ("#d8f0dc", "#2f8a48"), ("#f9d9e0", "#bb3a5c"),
    ("#e6dcf7", "#7350b8"), ("#d3f0ee", "#1d8a86"), ("#f6efc2", "#9a8412"), ("#e5e2dd", "#6b6357"),
)  # fmt: skip
_WEEKDAYS = (Day.MONDAY, Day.TUESDAY, Day.WEDNESDAY, Day.THURSDAY, Day.FRIDAY)
_FIRST, _LAST = 9, 17


@dataclass(frozen=True)
class Block:
    """One class on one day, in minutes; `lane` of `lanes` that share the width."""

    entry: Entry
    meeting: Meeting
    day: Day
    start: int
    end: int
    lane: int = 0
    lanes: int = 1


def picture(timetable: Timetable, title: str, foot: str = "") -> bytes:
    """Draw the week; `foot` is a line below it (classes without hours, a legend)."""
    return _Drawing(timetable).png(title, foot)


def blocks(timetable: Timetable, day: Day) -> list[Block]:
    """The classes of a day by start, those that overlap in lanes of their own."""
    found = sorted(
        (
            Block(entry, meeting, day, minutes(meeting.start), minutes(meeting.end))
            for entry in timetable.entries
            for meeting in entry.meetings
            if day in meeting.days
        ),
        key=lambda block: (block.start, block.end, block.entry.section.class_id),
    )
    return [block for group in _overlapping(found) for block in _in_lanes(group)]


def _overlapping(found: list[Block]) -> Iterator[list[Block]]:
    group: list[Block] = []
    for block in found:
        if group and block.start >= max(other.end for other in group):
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _in_lanes(group: list[Block]) -> list[Block]:
    ends: list[int] = []
    placed = []
    for block in group:
        lane = next((i for i, end in enumerate(ends) if end <= block.start), len(ends))
        ends[lane:] = [block.end, *ends[lane + 1 :]]
        placed.append((block, lane))
    return [Block(b.entry, b.meeting, b.day, b.start, b.end, lane, len(ends)) for b, lane in placed]


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    """DejaVu, which has every letter that names and titles need; matplotlib carries it along."""
    home = find_spec("matplotlib")
    if home is None or home.origin is None:  # it is one of our requirements
        raise ModuleNotFoundError("matplotlib")
    path = Path(home.origin).parent / "mpl-data" / "fonts" / "ttf" / "DejaVuSans.ttf"
    return ImageFont.truetype(str(path), size * _SCALE)


class _Drawing:
    """The canvas of one week."""

    def __init__(self, timetable: Timetable) -> None:
        self.timetable = timetable
        held = {d for e in timetable.entries for m in e.meetings for d in m.days}
        weekend = [day for day in (Day.SATURDAY, Day.SUNDAY) if day in held]
        self.days = (*_WEEKDAYS, *weekend)
        self.blocks = [block for day in self.days for block in blocks(timetable, day)]
        self.first = min([_FIRST * 60, *(b.start for b in self.blocks)]) // 60
        self.last = -(-max([_LAST * 60, *(b.end for b in self.blocks)]) // 60)
        self.column = (_WIDTH - _LEFT - 16) / len(self.days)
        self.height = _TOP + (self.last - self.first) * _HOUR + _FOOT + 14
        self.image = Image.new("RGB", (_WIDTH * _SCALE, self.height * _SCALE), _PAPER)
        self.pen = ImageDraw.Draw(self.image)
        codes = dict.fromkeys(entry.course.course_id for entry in timetable.entries)
        self.colours = {c: _COLOURS[i % len(_COLOURS)] for i, c in enumerate(codes)}

    def png(self, title: str, foot: str) -> bytes:
        self.text(_LEFT, 18, title, 20, _INK)
        self.grid()
        for block in self.blocks:
            self.block(block)
        self.text(_LEFT, self.height - _FOOT, self.cut(foot, 12, _WIDTH - _LEFT - 16), 12, _FAINT)
        out = io.BytesIO()
        self.image.quantize(128).save(out, "PNG")  # flat colours: a quarter of the size
        return out.getvalue()

    def text(self, x: float, y: float, words: str, size: int, colour: str) -> None:
        self.pen.text((x * _SCALE, y * _SCALE), words, font=_font(size), fill=colour)

    def width(self, words: str, size: int) -> float:
        return float(_font(size).getlength(words)) / _SCALE

    def cut(self, words: str, size: int, room: float) -> str:
        """As much of the words as fits, with an ellipsis for the rest."""
        if self.width(words, size) <= room:
            return words
        while words and self.width(words + "…", size) > room:
            words = words[:-1]
        return words.rstrip() + "…" if words else ""

    def y(self, minutes: int) -> float:
        return _TOP + (minutes - self.first * 60) / 60 * _HOUR

    def grid(self) -> None:
        right = _LEFT + self.column * len(self.days)
        for hour in range(self.first, self.last + 1):
            y = self.y(hour * 60)
            self.line(_LEFT, y, right, y)
            label = f"{hour}:00"
            self.text(_LEFT - 10 - self.width(label, 12), y - 8, label, 12, _FAINT)
        for place, day in enumerate(self.days):
            x = _LEFT + place * self.column
            self.line(x, _TOP - 28, x, self.y(self.last * 60))
            name = day.full_name
            self.text(x + (self.column - self.width(name, 14)) / 2, _TOP - 26, name, 14, _INK)
        self.line(right, _TOP - 28, right, self.y(self.last * 60))

    def line(self, x: float, y: float, to_x: float, to_y: float) -> None:
        ends = [(x * _SCALE, y * _SCALE), (to_x * _SCALE, to_y * _SCALE)]
        self.pen.line(ends, fill=_GRID, width=_SCALE)

    def block(self, block: Block) -> None:
        fill, edge = self.colours[block.entry.course.course_id]
        room = (self.column - 8) / block.lanes
        x = _LEFT + self.days.index(block.day) * self.column + 4 + block.lane * room
        box = (x, self.y(block.start) + 1, x + room - 2, self.y(block.end) - 1)
        scaled = tuple(value * _SCALE for value in box)
        self.pen.rounded_rectangle(scaled, 6 * _SCALE, fill=fill)
        if block.entry.standing is Standing.WAITLISTED:
            self.hatch(box, edge)
        self.edge(box, edge, dashed=block.entry.standing is not Standing.ENROLLED)
        self.words(block, box)

    def hatch(self, box: tuple[float, float, float, float], colour: str) -> None:
        """Thin diagonals inside the box, on a layer of their own so that nothing spills."""
        left, top, right, bottom = (int(value * _SCALE) for value in box)
        size = (right - left, bottom - top)
        mask = Image.new("L", size, 0)
        pen = ImageDraw.Draw(mask)
        for start in range(-size[1], size[0], 9 * _SCALE):
            pen.line([(start, size[1]), (start + size[1], 0)], fill=70, width=_SCALE)
        self.image.paste(Image.new("RGB", size, colour), (left, top), mask)

    def edge(self, box: tuple[float, float, float, float], colour: str, dashed: bool) -> None:
        left, top, _, bottom = box
        if not dashed:
            bar = (left, top, left + 4, bottom)
            self.pen.rounded_rectangle(tuple(v * _SCALE for v in bar), 2 * _SCALE, fill=colour)
            return
        y = top + 3
        while y < bottom - 3:
            bar = (left, y, left + 4, min(y + 6, bottom - 3))
            self.pen.rectangle(tuple(v * _SCALE for v in bar), fill=colour)
            y += 10

    def words(self, block: Block, box: tuple[float, float, float, float]) -> None:
        left, top, right, bottom = box
        times = f"{block.meeting.start:%-H:%M}–{block.meeting.end:%-H:%M}"
        lines = (
            (block.entry.label, 13, _INK, 17),
            (times, 10, _INK, 15),
            (block.meeting.room, 10, _FAINT, 15),
            (block.entry.course.title, 10, _FAINT, 15),
        )
        y = top + 3
        for words, size, colour, height in lines:
            if y + height > bottom:
                return
            self.text(left + 10, y, self.cut(words, size, right - left - 14), size, colour)
            y += height
