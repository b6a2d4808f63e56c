"""The enrollment rules: pure functions over model values that name the fact against a wish."""

from knowledge.registrar.rules.case import Case, Taken, Wish
from knowledge.registrar.rules.judging import judge, problems
from knowledge.registrar.rules.leaving import judge_drop, leaves_mark
from knowledge.registrar.rules.readiness import record_of
from knowledge.registrar.rules.seats import linked_of

__all__ = [
    "Case",
    "Taken",
    "Wish",
    "judge",
    "judge_drop",
    "leaves_mark",
    "linked_of",
    "problems",
    "record_of",
]
