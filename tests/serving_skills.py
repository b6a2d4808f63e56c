"""Skills for tests of the job server alone: slow ones, ones that break, ones with pictures."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from skills import registry
from skills.protocol import InputKind, Progress, Skill, SkillCard, SkillResult


def picture(kind: str = "PNG", shade: int = 0) -> bytes:
    out = BytesIO()
    Image.new("RGB", (8, 8), (shade, 0, 0)).save(out, kind)
    return out.getvalue()


class Behaving:
    """Does what its options say, in the order: pictures, wait, break."""

    def __init__(self, card: SkillCard) -> None:
        self.card = card

    def run(
        self, sources: Sequence[bytes], options: Mapping[str, Any], progress: Progress
    ) -> SkillResult:
        for shade in range(int(options.get("pictures", 0))):
            progress(0.1, picture(shade=shade))
        if options.get("bad_picture"):
            for bad in (b"no picture", "text", b"\x89PNG\r\n\x1a\n" + b"x" * 5_000_000):
                progress(float("nan"), bad)  # type: ignore[arg-type]
            progress("half")  # type: ignore[arg-type]
        time.sleep(float(options.get("seconds", 0)))
        if options.get("die"):
            os._exit(3)
        if options.get("break"):
            raise LookupError("no such thing")
        progress(0.9)
        return SkillResult("It is done.", (picture(), picture("GIF"), b"no picture"))

    def train(self, data: Path, seed: int) -> dict[str, Any]:
        return {"n": 0}

    def evaluate(self, data: Path) -> dict[str, Any]:
        return {"n": 0}


CARDS = {
    card.name: card
    for card in (
        SkillCard("quick", "Quick", 1, "is quick"),
        SkillCard("slow", "Slow", 1, "is slow", usual_seconds=30.0),
        SkillCard("short", "Short", 1, "is stopped soon", most_seconds=0.5),
        SkillCard("pair", "Pair", 1, "takes two", input=InputKind.IMAGE, at_least=2, at_most=3),
    )
}


def find(name: str) -> Skill:
    """Of these, or of the real ones."""
    return Behaving(CARDS[name]) if name in CARDS else registry.get(name)
