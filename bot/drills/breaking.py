"""Random moments at which a line breaks, seen from a message that is sent."""

from __future__ import annotations

import random
import threading

from bot.drills.proxy import Line

_KINDS = (
    "before sending",
    "within the message",
    "before the acknowledgement",
    "within an answer",
    "at any time",
    "silence",
)


class Breaker:
    """Breaks a line once for each message, in one of the kinds above."""

    def __init__(self, line: Line, chance: random.Random) -> None:
        self._line = line
        self._chance = chance

    def kind(self) -> str:
        """The next kind."""
        return self._chance.choice(_KINDS)

    def before(self, kind: str) -> None:
        """Just before a message is sent."""
        if kind == "before sending":
            self._line.cut()
        elif kind == "within the message":
            self._once(outward=True, skip=0)
        elif kind == "before the acknowledgement":
            self._once(outward=False, skip=0)
        elif kind == "within an answer":
            self._once(outward=False, skip=self._chance.randint(1, 4))

    def after(self, kind: str) -> None:
        """Just after it was sent."""
        if kind == "at any time":
            threading.Timer(self._chance.uniform(0, 0.5), self._line.cut).start()
        elif kind == "silence":  # nothing passes for a while, and then it breaks
            self._line.open.clear()
            threading.Timer(self._chance.uniform(0.2, 2), self._end_silence).start()

    def _end_silence(self) -> None:
        self._line.cut()
        self._line.open.set()

    def _once(self, outward: bool, skip: int) -> None:
        """Cut after some of the bytes of the next chunk but `skip` in that direction."""
        share, left = self._chance.random(), skip

        def watch(outwards: bool, data: bytes) -> int | None:
            nonlocal left
            if outwards is not outward:
                return None
            left -= 1
            if left >= 0:
                return None
            self._line.watch = None
            return int(len(data) * share)

        self._line.watch = watch
