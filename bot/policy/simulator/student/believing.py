"""What a student believes to be on the record, from what the bot told it alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.policy.simulator.goals.goal import Seat
from bot.policy.simulator.student.events import Effect


@dataclass(frozen=True)
class Line:
    """One class that the student believes to be in, or to wait for."""

    code: str
    quarter: str
    year: str
    section: str = ""
    waiting: bool = False

    def is_seat(self, seat: Seat) -> bool:
        """Whether it is this seat: the class, its term, one of its sections, and no mere place."""
        right_section = not self.section or self.section in seat.numbers
        right_term = not self.quarter or seat.is_term(self.quarter, self.year)
        return self.code == seat.code and right_term and right_section and (
            seat.waitlist or not self.waiting
        )  # fmt: skip


class Belief:
    """The record as it was told, effect after effect."""

    def __init__(self, initial: Iterable[Seat]) -> None:
        self.lines = [
            Line(s.code, s.term.quarter.value, str(s.term.year), s.sections[0].number)
            for s in initial
        ]
        self._last: Effect | None = None

    def take(self, effect: Effect) -> None:
        """What the bot says it did."""
        line = Line(effect.code, effect.quarter, effect.year, effect.section, effect.waiting)
        if effect.undone:
            self._undo(line)
            return
        if effect.act in ("drop", "move"):
            self._remove(effect.code)
        if effect.act == "swap":
            self._remove(effect.dropped)
        if effect.act != "drop":
            self.lines.append(line)
        self._last = effect

    def forget(self, code: str) -> None:
        """A class that was never held after all."""
        self._remove(code)

    def _undo(self, line: Line) -> None:
        """The last effect taken back; what came back is told, what went again is not."""
        last = self._last
        if last is None or last.act == "enroll":
            self._remove(line.code)
            return
        if last.act in ("swap", "move"):
            self._remove(last.code)
        self._remove(line.code)
        self.lines.append(line)

    def _remove(self, code: str) -> None:
        self.lines = [line for line in self.lines if line.code != code]
