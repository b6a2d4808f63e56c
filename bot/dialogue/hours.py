"""Whether a meeting lies within a window of time, as students mean it."""

from __future__ import annotations

from nlu.normalise.times import TimeWindow


def within(starts: int, ends: int, window: TimeWindow) -> bool:
    """Whether a meeting fits, in minutes: "at 10:30" names when it begins, "before noon" when it
    must be over.
    """
    early = window.earliest is None or starts >= window.earliest
    exact = window.earliest is not None and window.latest is not None
    late = window.latest is None or (starts if exact else ends) <= window.latest
    return early and late
