"""A class that is only named, right after a wish: one more of the same, or one in its place."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue import cues, verbs
from bot.dialogue.amending import OF_CLASS, class_slots
from bot.dialogue.filling import Clock, class_mentions, same_academic_year, stamped, term_slots
from bot.dialogue.state import DialogueState, Filled, Goal, GoalKind
from bot.dialogue.turn import Turn

_LIKELY = 3  # among how many readings the wish must be
_DOUBTFUL = 0.5  # so that it is confirmed
_OF_SECTION = ("section", "day", "time", "instructor", "linked_class_id")
_OF_REFUSAL = ("wants_permission", "permission", "petition", "accept_waitlist")


def one_more(state: DialogueState, turn: Turn) -> Turn:
    """ "And also PHIL2": the same wish for another class while one is open, or after one was
    fulfilled, when it is to be confirmed; any other turn as it is.
    """
    alone = cues.adds(turn.text) and turn.is_bare and turn.has("code", "title")
    if not alone or turn.intent not in ("inform", "answer") or "?" in turn.text:
        return turn
    goal, effect = state.goal, state.effect
    if goal is not None:
        if goal.get("code") is None or not _likely(turn, goal.kind):
            return turn
        return replace(turn, intent=goal.kind.value)
    fresh = effect is not None and state.turn - effect.turn == 1
    if (
        effect is None
        or not fresh
        or effect.kind is GoalKind.SWAP
        or not _likely(turn, effect.kind)
    ):
        return turn
    unsure = min(turn.confidence, _DOUBTFUL)
    return replace(turn, intent=effect.kind.value, confidence=unsure, unsure=False)


def _likely(turn: Turn, kind: GoalKind) -> bool:
    return kind is not GoalKind.SWAP and kind.value in turn.ranking[:_LIKELY]


def in_place(state: DialogueState, turn: Turn, clock: Clock) -> DialogueState | None:
    """ "Then PSYCH70 instead", "sorry, I meant CS106A", after a refusal: that class for the term of
    the refused wish, to be confirmed; None when it is not that.
    """
    refused = state.refused
    if refused is None or refused.kind is not GoalKind.ENROLL or turn.suid is None or state.goals:
        return None
    named = class_mentions(turn, state)
    if len(named) != 1 or not _instead(turn) or named[0].code == refused.get("code"):
        return None
    lost = dict.fromkeys((*OF_CLASS, *_OF_SECTION, *_OF_REFUSAL, "quarter", "year"))
    one = {name: replace(filled, guessed=True) for name, filled in class_slots(named[0]).items()}
    slots = stamped({**_term(turn, refused, clock), **one}, state.turn)
    goal = replace(
        refused.having(**{**lost, **slots}), key=f"{turn.message_id}:0", confidence=turn.confidence
    )
    return replace(state, goals=(goal,), refused=None, question=None, strikes=0)


def _instead(turn: Turn) -> bool:
    """Whether a class is named for another, though no exchange of seats is spoken of."""
    if "?" in turn.text or turn.has("attribute") or verbs.names(GoalKind.DROP, turn.text):
        return False
    if turn.intent == GoalKind.SWAP:
        return not verbs.names(GoalKind.SWAP, turn.text)
    if turn.intent == GoalKind.ENROLL:
        return cues.corrects(turn.text)
    return turn.intent in ("answer", "inform", "deny") and turn.is_bare and cues.corrects(turn.text)


def _term(turn: Turn, refused: Goal, clock: Clock) -> dict[str, Filled]:
    """The term that was said, else that of the refused wish; a quarter alone, in the same
    academic year.
    """
    said = term_slots(turn, clock, refused.get("quarter"))
    quarter, year = refused.get("quarter"), refused.get("year")
    if quarter is None or year is None:
        return said
    term = {"quarter": Filled(quarter, guessed=True), "year": Filled(year, guessed=True), **said}
    if "quarter" in said and "year" not in said:
        same = same_academic_year(quarter, year, said["quarter"].value)
        term["year"] = Filled(same, guessed=True)
    return term
