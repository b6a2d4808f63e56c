"""A bicycle as it is offered: which kind each part has, and what each part is worth.

Prices are additive by decree, so what a part adds is known; the seller's whim makes the asked price
a little different. Better frames come with better wheels more often than not, as in a shop: a model
may therefore credit the wrong part, and only the parts' true prices show it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

PARTS = ("frame", "wheels", "handlebar", "saddle", "lamp", "basket")
# Dollars; "none" is a part that the bicycle lacks. From the plainest to the best.
PRICES: dict[str, dict[str, float]] = {
    "frame": {"none": 0, "steel": 120, "aluminium": 260, "carbon": 620},
    "wheels": {"none": 0, "spoked": 80, "deep": 260, "disc": 440},
    "handlebar": {"none": 0, "flat": 30, "cruiser": 60, "drop": 120, "aero": 200},
    "saddle": {"none": 0, "wide": 25, "sprung": 70, "racing": 110},
    "lamp": {"none": 0, "lamp": 50},
    "basket": {"none": 0, "basket": 40},
}
RUST_COSTS = 100.0  # dollars off the frame when it is all rust
WHIM = 0.03  # standard deviation of the seller's factor
_MISSING = 0.12  # share of bicycles sold without a given part


@dataclass(frozen=True)
class Bicycle:
    """The kind of each part (keys of PRICES) and the share of rust on the frame."""

    kinds: dict[str, str]
    rust: float
    asked: float  # dollars, whim and all

    def part_prices(self) -> dict[str, float]:
        """What each part truly adds, in dollars."""
        prices = {part: PRICES[part][self.kinds[part]] for part in PARTS}
        if self.kinds["frame"] != "none":
            prices["frame"] -= RUST_COSTS * self.rust
        return prices

    def price(self) -> float:
        """What it is worth without the whim, in dollars."""
        return sum(self.part_prices().values())


def draw_bicycle(chance: random.Random, related: bool = True) -> Bicycle:
    """A bicycle on offer; with `related` better parts tend to come together."""
    quality = chance.random()
    kinds = {part: _kind(part, quality, chance, related) for part in PARTS}
    rust = max(0.0, chance.uniform(-0.5, 1)) if kinds["frame"] != "carbon" else 0.0
    plain = Bicycle(kinds, rust, 0.0)
    return Bicycle(kinds, rust, plain.price() * max(0.5, chance.gauss(1, WHIM)))


def _kind(part: str, quality: float, chance: random.Random, related: bool) -> str:
    if part in ("lamp", "basket"):
        return part if chance.random() < 0.4 else "none"
    if chance.random() < _MISSING:
        return "none"
    kinds = [kind for kind in PRICES[part] if kind != "none"]
    level = quality if related and chance.random() < 0.5 else chance.random()
    return kinds[min(len(kinds) - 1, int(level * len(kinds)))]
