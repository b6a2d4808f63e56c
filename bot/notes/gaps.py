"""Numbers of the audit log that were passed over: what commits late is read when it comes.

PostgreSQL gives numbers before the commit, so that number 7 may become visible after number 8.
Whoever reads up to 8 remembers 7 as a gap, until no transaction can fill it any more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

_GRACE = timedelta(minutes=1)  # a number is taken a moment before its transaction has an id


@dataclass(frozen=True)
class Gap:
    """Numbers from `first` to `last` that were not there.

    `horizon` is the transaction id that came next when they were missed: once every transaction
    below it has ended, nobody fills the gap.
    """

    first: int
    last: int
    horizon: int
    seen_at: datetime

    @classmethod
    def read(cls, data: dict[str, Any]) -> Gap:
        """What `plain` wrote."""
        return cls(**{**data, "seen_at": datetime.fromisoformat(data["seen_at"])})

    def plain(self) -> dict[str, Any]:
        """As JSON."""
        return {**asdict(self), "seen_at": self.seen_at.isoformat()}

    def closed(self, oldest: int, now: datetime) -> bool:
        """Whether nothing can come any more; `oldest`: no running transaction has a lower id."""
        return oldest >= self.horizon and now - self.seen_at > _GRACE


def missed(read_up_to: int, seen: Iterable[int], horizon: int, now: datetime) -> list[Gap]:
    """The numbers between that mark and the highest one seen that are not among those seen."""
    found, expected = [], read_up_to + 1
    for number in sorted(each for each in seen if each > read_up_to):
        if number > expected:
            found.append(Gap(expected, number - 1, horizon, now))
        expected = number + 1
    return found


def still_open(gaps: Iterable[Gap], filled: Iterable[int], oldest: int, now: datetime) -> list[Gap]:
    """What is left of the gaps without the numbers that have come, and without closed ones."""
    come = sorted(filled)
    left: list[Gap] = []
    for gap in gaps:
        if gap.closed(oldest, now):
            continue
        inside = [number for number in come if gap.first <= number <= gap.last]
        edges = zip([gap.first - 1, *inside], [*inside, gap.last + 1], strict=True)
        left += [
            Gap(low + 1, high - 1, gap.horizon, gap.seen_at)
            for low, high in edges
            if high - low > 1
        ]
    return left
