"""A yes or a no to "shall I?": what it settles, what it takes back."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.state import DialogueState, Filled, Goal, Question

# What a yes fills, by the topic of the question; a no gives the wish up.
CONSENTS = {
    "waitlist": "accept_waitlist",
    "withdraw": "withdraw",
    "petition": "petition",
    "move": "moves",
}
_NAMES = {"code": "name", "drop_code": "drop_name"}


def confirmation(state: DialogueState, agreed: bool) -> DialogueState | None:
    """The state after a yes or a no; None when a no gives the whole wish up."""
    question, goal = state.question, state.goal
    if question is None or goal is None:
        return None
    if agreed:
        consent = CONSENTS.get(question.topic)
        given = {consent: Filled(True, state.turn)} if consent else {}
        return replace(state.with_goal(goal.confirmed().having(**given)), question=None)
    if question.topic in CONSENTS:
        return None
    wrong = goal.guesses or _misheard(goal)
    if not wrong:
        return None
    return replace(state.with_goal(goal.having(**dict.fromkeys(wrong))), question=None)


def insisted(question: Question, goal: Goal, said: dict[str, Filled]) -> bool:
    """Whether the student only says again what is to be confirmed: "no, I meant Winter 2019"."""
    same = all(goal.get(slot) == filled.value for slot, filled in said.items())
    return question.topic == "guess" and bool(said) and same


def _misheard(goal: Goal) -> tuple[str, ...]:
    """The values that are least certain, when anything is less certain than the wish itself."""
    if goal.certainty in (goal.confidence, 1.0):
        return ()
    doubtful = [slot for slot, filled in goal.slots.items() if filled.confidence == goal.certainty]
    names = [_NAMES[slot] for slot in doubtful if slot in _NAMES]
    return (*doubtful, *names)
