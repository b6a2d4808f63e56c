"""All skills by name: each folder with a `card.py` is a skill, or a few that share their parts.

A card module maps modules to cards (`CARDS`) and imports nothing heavy; a skill's module, and torch
with it, is imported when it is first used and holds the skill as `SKILL`.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from skills.errors import UnknownSkill
from skills.protocol import Skill, SkillCard


def _read() -> dict[str, tuple[str, SkillCard]]:
    """Module and card of each skill by its name, in the lectures' order."""
    found = {
        card.name: (module, card)
        for path in Path(__file__).parent.glob("*/card.py")
        for module, card in import_module(f"skills.{path.parent.name}.card").CARDS.items()
    }
    return dict(sorted(found.items(), key=lambda each: (each[1][1].lecture, each[0])))


_SKILLS = _read()
CARDS: dict[str, SkillCard] = {name: card for name, (_, card) in _SKILLS.items()}


def get(name: str) -> Skill:
    """The skill of that name; raise UnknownSkill."""
    if name not in _SKILLS:
        raise UnknownSkill(name)
    skill: Skill = import_module(_SKILLS[name][0]).SKILL
    return skill
