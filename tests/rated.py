"""Items for tests of the rating: made up, and quick to make."""

from __future__ import annotations

from bot.evaluation.model import Candidate, Item, Said, Speaker

POLICIES = ("policy_one", "policy_two", "policy_three", "policy_four")


def items(number: int, replies: int = 4) -> list[Item]:
    """That many different items of so many candidates, the same at every call."""
    return [_item(place, replies) for place in range(number)]


def _item(place: int, replies: int) -> Item:
    context = (
        Said(Speaker.QUAD, "Hello! What can I do for you?", ("My classes",)),
        Said(Speaker.STUDENT, f"enroll me in CS{100 + place}"),
    )
    candidates = tuple(
        Candidate(
            (Said(Speaker.QUAD, f"Reply {number} to {place}", ("Yes", "No")),),
            (POLICIES[number],),
            (f"action_{number}",),
        )
        for number in range(replies)
    )
    return Item(context, candidates, "simulated", 7, {"goal": "enroll", "turn": place})
