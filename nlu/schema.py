"""Intents, slots and BIO tags: the label space of the contract, in one place."""

from __future__ import annotations

from nlu.labels import Labels

INTENTS = (
    "enroll",
    "drop",
    "swap",
    "inform",
    "my_schedule",
    "answer",
    "affirm",
    "deny",
    "cancel",
    "greet",
    "goodbye",
    "thank",
    "help",
    "handoff",
    "skill",
    "lecture_question",
    "other",
)
SLOTS = (
    "code",
    "title",
    "subject",
    "topic",
    "level",
    "quarter",
    "year",
    "units",
    "instructor",
    "day",
    "time",
    "requirement",
    "grading",
    "attribute",
    "suid",
    "skill",
)
# In a swap, what is given up and what is wanted are different spans of the same slot.
ROLES = ("drop", "add")
ROLE_SLOTS = ("code", "title")
SPAN_LABELS = (*SLOTS, *(f"{slot}:{role}" for slot in ROLE_SLOTS for role in ROLES))
TAGS = ("O", *(f"{prefix}-{label}" for label in SPAN_LABELS for prefix in "BI"))
QUAD = Labels(INTENTS, TAGS)


def split_label(label: str) -> tuple[str, str | None]:
    """ "code:drop" → ("code", "drop"); a label without a role has None."""
    slot, _, role = label.partition(":")
    return slot, role or None
