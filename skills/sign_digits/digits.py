"""How the digits are signed: American Sign Language's 0 to 5, the palm towards the viewer.

In each the number of stretched fingers is the digit: 1 index; 2 index and middle; 3 thumb, index
and middle (not the ring finger, as hearing people would); 4 all but the thumb, which lies across
the palm; 5 all. In 1 and 2 the thumb lies over the folded fingers. In 0 all are rounded until their
tips meet the thumb's, and the hand is turned so that the O between them is seen.
"""

from __future__ import annotations

from typing import Literal

FINGERS = ("index", "middle", "ring", "little")
DIGITS = 6
Thumb = Literal["meets", "over", "across", "out"]
STRETCHED: tuple[frozenset[str], ...] = (
    frozenset(),
    frozenset({"index"}),
    frozenset({"index", "middle"}),
    frozenset({"thumb", "index", "middle"}),
    frozenset(FINGERS),
    frozenset({"thumb", *FINGERS}),
)
THUMBS: tuple[Thumb, ...] = ("meets", "over", "over", "out", "across", "out")
Bends = tuple[float, float, float]  # degrees at a finger's three joints, towards the palm
STRAIGHT: Bends = (8, 8, 5)
FOLDED: Bends = (84, 102, 58)
ROUNDED: Bends = (40, 55, 42)


def bends_of(digit: int, finger: str) -> Bends:
    """The usual bends of one of the four fingers in a digit."""
    if finger in STRETCHED[digit]:
        return STRAIGHT
    return ROUNDED if digit == 0 else FOLDED
