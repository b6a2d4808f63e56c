"""Which acts may come next: the hand-written choice first, and what no policy may ever do.

`bot.policy` calls `candidates` after every event and lets its agent choose among them. That list is
the mask which stands outside any policy, learned ones included: an act on the record is in it only
for a complete frame with nothing guessed in it.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue.acts import ON_RECORD, Act
from bot.dialogue.doubting import READINGS
from bot.dialogue.state import Ask, DialogueState, Goal, GoalKind

_ASKING = {
    Ask.CLASS: Act.ASK_CLASS,
    Ask.QUARTER: Act.ASK_QUARTER,
    Ask.YEAR: Act.ASK_YEAR,
    Ask.CHOICE: Act.ASK_CHOICE,
    Ask.CONFIRM: Act.CONFIRM,
    Ask.MEANING: Act.ASK_MEANING,
}
_EXECUTING = {GoalKind.ENROLL: Act.ENROLL, GoalKind.DROP: Act.DROP, GoalKind.SWAP: Act.SWAP}
_ASKED_BY = {"code": Act.ASK_CLASS, "quarter": Act.ASK_QUARTER, "year": Act.ASK_YEAR}
_DOUBTED = (*READINGS, "answer", "other")  # an answer to nothing, or nothing at all
_MAX_ACTS = 8
_CLEAR = 0.95  # of an intent: nobody is asked what that meant


def next_act(state: DialogueState, executed: Sequence[str], message_id: str) -> Act:
    """The next act of this turn, given the names of the acts already executed in it."""
    if state.message_id != message_id:
        # The action server did not understand this message: it is down or failed.
        return Act.LISTEN if executed else Act.TROUBLE
    if not executed:
        return Act(state.act)
    if executed[-1] == Act.TROUBLE or len(executed) >= _MAX_ACTS:
        return Act.LISTEN
    if state.steps < sum(1 for name in executed if name.startswith("action_")):
        return Act.TROUBLE  # the last action broke off without leaving its mark
    return follow_up(state)


def candidates(state: DialogueState, executed: Sequence[str], message_id: str) -> tuple[Act, ...]:
    """All acts that would make sense next, the hand-written choice first; never an empty tuple."""
    chosen = next_act(state, executed, message_id)
    if not permitted(chosen, state):
        return (Act.TROUBLE,)
    others = [*_safer(chosen, state), *([Act.ASK_MEANING] if _may_doubt(state, executed) else [])]
    return (chosen, *(act for act in others if act is not chosen))


def _safer(act: Act, state: DialogueState) -> tuple[Act, ...]:
    """Instead of changing the record at once: to confirm, or to ask for a doubtful value again."""
    goal = state.goal
    if act not in _EXECUTING.values() or goal is None or goal.certainty >= 1.0:
        return ()
    again = [_ASKED_BY[slot] for slot in goal.doubtful if slot in _ASKED_BY]
    return (Act.CONFIRM, *dict.fromkeys(again))


def _may_doubt(state: DialogueState, executed: Sequence[str]) -> bool:
    """Whether the turn itself can be asked about: it answers nothing, and is not quite sure."""
    heard = state.heard or {}
    doubtful = heard.get("intent") in _DOUBTED and heard.get("confidence", 1.0) < _CLEAR
    readable = any(name in READINGS for name in heard.get("ranking", ()))
    return doubtful and readable and not executed and state.question is None


def follow_up(state: DialogueState) -> Act:
    """What comes behind an act: the open question again after a digression, or the next goal."""
    if state.question is not None:
        return _ASKING[state.question.ask] if state.digressed else Act.LISTEN
    return Act.LISTEN if state.goal is None else goal_act(state.goal)


def goal_act(goal: Goal) -> Act:
    """The act that brings a goal forward: ask for what is missing, confirm guesses, execute."""
    missing = first_missing(goal)
    if missing is not None:
        return _ASKING[missing]
    return Act.CONFIRM if goal.guesses else _EXECUTING[goal.kind]


def first_missing(goal: Goal) -> Ask | None:
    """What must be asked first, in the order class, quarter, year; None when complete."""
    if goal.kind is GoalKind.ENROLL:
        if goal.get("code") is None:
            return Ask.CHOICE if goal.get("candidates") else Ask.CLASS
        if goal.get("class_id") is None and goal.get("quarter") is None:
            return Ask.QUARTER
        if goal.get("class_id") is None and goal.get("year") is None:
            return Ask.YEAR
        return None
    wanted = ("code",) if goal.kind is GoalKind.DROP else ("drop_code", "code")
    named = all(goal.get(slot) is not None for slot in wanted)
    if named and goal.get("moves") and goal.get("quarter") is None:
        return Ask.QUARTER
    if named or (goal.kind is GoalKind.DROP and goal.get("class_id") is not None):
        return None
    return Ask.CHOICE if goal.get("candidates") else Ask.CLASS


def permitted(act: Act, state: DialogueState) -> bool:
    """The mask: an act on the record needs the frame of the goal complete and nothing guessed."""
    if act not in ON_RECORD:
        return True
    if act is Act.UNDO:
        return state.effect is not None
    goal = state.goal
    return goal is not None and goal_act(goal) is act
