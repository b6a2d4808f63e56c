"""The record as it was before a wish was acted upon.

A message may be handled again after a crash, or a wish tried again whose answer was lost. What it
means is worked out from the student's classes, so it must find them as they were: else a swap that
has been made would be turned round, and a dropped class be looked for in vain. The act itself then
comes under its old key, and Axess answers as it did, without acting.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from actions.context import Exchange
from bot.dialogue.state import Goal
from knowledge.clients.axess import AxessClient
from knowledge.clients.values import ActView, EnrollmentView


async def held_before(exchange: Exchange, goal: Goal) -> list[EnrollmentView]:
    """The student's classes before anything was done for this goal."""
    return await enrolled_before(exchange.services.axess, exchange.suid, goal.key)


async def enrolled_before(axess: AxessClient, suid: str, key: str) -> list[EnrollmentView]:
    """The student's classes before anything was done under keys of which this is the root."""
    held, done = await asyncio.gather(axess.enrollments(suid), axess.done_under(suid, key))
    return without(held, [act for act in done if act.key[len(key) :][:1] in (":", "/")])


def without(held: list[EnrollmentView], done: Iterable[ActView]) -> list[EnrollmentView]:
    """The classes as if these acts, the latest first, had not been."""
    for act in done:
        added = act.added.class_id if act.added else None
        held = [each for each in held if each.class_id != added]
        back = act.dropped
        if back is not None and all(each.class_id != back.class_id for each in held):
            held = [*held, back]
    return held
