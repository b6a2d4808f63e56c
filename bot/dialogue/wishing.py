"""A wish to change the record becomes goals: one for each class, before whatever is still open."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue import cues, pointing
from bot.dialogue.acts import Act
from bot.dialogue.amending import class_slots
from bot.dialogue.filling import (
    Clock,
    both,
    choice_slots,
    class_mentions,
    referred,
    stamped,
    term_slots,
    with_academic_year,
)
from bot.dialogue.informing import COURSE, DESCRIBING, inform, listed
from bot.dialogue.retracting import takes_back
from bot.dialogue.several import each_with_its_own, pairs, wishes
from bot.dialogue.state import DialogueState, Filled, Goal, GoalKind, Mentioned
from bot.dialogue.turn import Turn
from bot.dialogue.verbs import wonders

OTHER_THAN = "other_than"  # the slot of a drop that is told by what it is not
_RECENT = 3  # turns in which the last change is still "the last one"
_SURE = 0.6  # of the calibrated intent confidence; a lower one is confirmed before anything changes


def wish(state: DialogueState, turn: Turn, clock: Clock) -> DialogueState:
    """A wish to change the record: one goal for each class, before whatever is still open."""
    if turn.suid is None:
        return replace(state, act=Act.SIGN_IN, goals=(), question=None)
    goals: tuple[Goal, ...] = ()
    asked: list[Turn] = []
    for part in _parts(turn):
        if part.intent in tuple(GoalKind):
            goals += _goals(state, part, clock, len(goals))
        else:
            asked.append(part)
    goals, waiting = _onto_open(state, goals)
    wished = replace(state, goals=(*goals, *waiting), question=None, strikes=0)
    nameless = turn.intent == GoalKind.ENROLL and len(goals) == 1 and not _names(goals[0])
    if nameless and turn.has(*DESCRIBING):
        return listed(wished, turn, clock)  # "something on poetry": show what there is, then ask
    return inform(wished, asked[0], clock) if asked else wished


def _parts(turn: Turn) -> list[Turn]:
    """One turn for each wish that has something of its own."""
    parts: list[Turn] = []
    for each in wishes(turn):
        parts += pairs(each) if each.intent == GoalKind.SWAP else each_with_its_own(each)
    return parts


def _goals(state: DialogueState, turn: Turn, clock: Clock, first: int) -> tuple[Goal, ...]:
    """The goals of one part, each with its number within the message in its key."""
    kind = GoalKind(turn.intent)
    slots = {**term_slots(turn, clock), **choice_slots(turn)}
    classes = _swap_slots(state, turn) if kind is GoalKind.SWAP else _class_slots(state, turn)
    forgets = kind is GoalKind.DROP and any(takes_back(turn, m) for m in turn.of("code"))
    if turn.confidence < _SURE or forgets or wonders(turn.text):  # "forget CS106A" may mean less
        classes = [_as_guess(named) for named in classes]
    goals = []
    for index, named in enumerate(classes, first):
        said = {**_carried(named), **slots}
        goal = _new_goal(kind, f"{turn.message_id}:{index}", said, named, state)
        goals.append(_said_again(replace(goal, confidence=turn.confidence), state.goal))
    if kind is GoalKind.ENROLL and not {"quarter", "year", "academic_start"} & slots.keys():
        goals = [_beside(goal, state, turn) for goal in goals]
    return tuple(goals)


def _names(goal: Goal) -> bool:
    return goal.get("code") is not None or goal.get("title") is not None


def _as_guess(named: dict[str, Filled]) -> dict[str, Filled]:
    """Not sure that a change was asked for at all: it will be confirmed first."""
    return {name: replace(filled, guessed=True) for name, filled in named.items()}


def _not_superseded(waiting: tuple[Goal, ...], goals: tuple[Goal, ...]) -> tuple[Goal, ...]:
    """A new wish about a class takes the place of the one that waits for it: "drop both" of two."""
    named = {goal.get("code") for goal in goals} - {None}
    return tuple(goal for goal in waiting if goal.get("code") not in named)


def _onto_open(
    state: DialogueState, goals: tuple[Goal, ...]
) -> tuple[tuple[Goal, ...], tuple[Goal, ...]]:
    """The new wishes and those that wait. One of the same kind without a class, while "which
    class?" is asked, adds to that wish: "enroll me", "in", "in winter".
    """
    open_one = state.goal
    if open_one is not None and len(goals) == 1 and not _names(goals[0]):
        asked = not _names(open_one) and not open_one.get("candidates")
        if asked and open_one.kind is goals[0].kind:
            merged = replace(open_one, slots={**open_one.slots, **goals[0].slots})
            return (merged,), state.goals[1:]
    return goals, _not_superseded(state.goals, goals)


def _new_goal(
    kind: GoalKind,
    key: str,
    slots: dict[str, Filled],
    named: dict[str, Filled],
    state: DialogueState,
) -> Goal:
    own = {name: filled for name, filled in named.items() if not name.startswith("carried_")}
    return Goal(kind, key, stamped(with_academic_year({**slots, **own}), state.turn))


def _said_again(goal: Goal, open_one: Goal | None) -> Goal:
    """The wish that is still open, said again: what is known of its term stays known."""
    if open_one is None or goal.get("code") is None or goal.get("quarter") is not None:
        return goal
    if (goal.kind, goal.get("code")) != (open_one.kind, open_one.get("code")):
        return goal
    return replace(goal, slots={**open_one.slots, **goal.slots})


def _beside(goal: Goal, state: DialogueState, turn: Turn) -> Goal:
    """ "and MATH51 as well" is most likely for the term of the wish before; to be confirmed."""
    if goal.get("quarter") is not None or not cues.adds(turn.text):
        return goal
    wished = (*state.goals, *([state.refused] if state.refused else []))
    known = [(other.get("quarter"), other.get("year")) for other in wished]
    if state.effect is not None and state.effect.kind is not GoalKind.DROP:
        known.append((state.effect.quarter, state.effect.year))
    for quarter, year in known:
        if quarter is not None and year is not None:
            return goal.having(
                quarter=Filled(quarter, state.turn, guessed=True),
                year=Filled(year, state.turn, guessed=True),
            )
    return goal


def _carried(named: dict[str, Filled]) -> dict[str, Filled]:
    """The term of the list a reference points into: "enroll me in it" after Spring's list."""
    prefix = "carried_"
    return {n.removeprefix(prefix): f for n, f in named.items() if n.startswith(prefix)}


def _class_slots(state: DialogueState, turn: Turn) -> list[dict[str, Filled]]:
    named = class_mentions(turn, state)
    if named:
        return [class_slots(mentioned) for mentioned in named]
    if two := both(turn, state):
        return [_pointed_slots(each, guessed=False) for each in two]
    if (last := _just_taken(state, turn) or _other_one(state, turn)) is not None:
        return [last]
    pointed = referred(turn, state)
    if pointed is not None:
        return [_pointed_slots(pointed, guessed=False)]
    index = pointing.ordinal(turn.text)
    if index is not None and len(state.results) == 1:
        return [_pointed_slots(state.results[0], guessed=True)]  # "the second one" of one
    if state.focus is not None and state.about == COURSE and not turn.has("topic", "subject"):
        return [_pointed_slots(state.focus, guessed=True)]
    return [{}]


def _just_taken(state: DialogueState, turn: Turn) -> dict[str, Filled] | None:
    """ "Drop the last one", right after an enrollment: that class; asked about where a list that
    was shown before has a last one too.
    """
    effect = state.effect
    dropping = turn.intent == GoalKind.DROP and pointing.ordinal(turn.text) == -1
    if not dropping or effect is None or effect.kind is GoalKind.DROP:
        return None
    if state.turn - effect.turn > _RECENT:
        return None
    taken = {"code": Filled(effect.code, guessed=bool(state.results))}
    return {**taken, "class_id": Filled(effect.class_id)}


def _other_one(state: DialogueState, turn: Turn) -> dict[str, Filled] | None:
    """ "Drop the other one", than the one just dropped, or, as a guess, than the one talked about:
    which that is, the record knows.
    """
    if turn.intent != GoalKind.DROP or not pointing.the_other(turn.text):
        return None
    effect = state.effect
    if effect and effect.kind is GoalKind.DROP and state.turn - effect.turn <= _RECENT:
        return {OTHER_THAN: Filled(effect.code)}
    if state.focus is None:
        return None
    return {OTHER_THAN: Filled(state.focus.code, guessed=True)}


def _pointed_slots(pointed: Mentioned, guessed: bool) -> dict[str, Filled]:
    slots = {"code": Filled(pointed.code, guessed=guessed)}
    if pointed.quarter is not None and pointed.year is not None:
        slots["carried_quarter"] = Filled(pointed.quarter)
        slots["carried_year"] = Filled(pointed.year)
    return slots


def _swap_slots(state: DialogueState, turn: Turn) -> list[dict[str, Filled]]:
    """Which class is given up and which is wanted: by role, else in the order of the text."""
    spoken = False
    drops = class_mentions(turn, state, "drop")
    adds = class_mentions(turn, state, "add")
    loose = [m for m in class_mentions(turn, state) if m not in drops and m not in adds]
    if not drops and loose and (adds or len(loose) > 1):
        drops = [loose.pop(0)]
    if not adds and loose:
        adds = [loose.pop(0)]
    if len(adds) > 1 and not drops:
        drops = [adds.pop(0)]
    if len(drops) > 1 and not adds:
        adds = [drops.pop()]
    if not drops and adds and (pointed := referred(turn, state)) is not None:
        drops, spoken = [pointed], True  # held or not is for the action to find out
    slots: dict[str, Filled] = {}
    if adds:
        slots.update(class_slots(adds[0]))
    if drops:
        slots.update({f"drop_{name}": f for name, f in class_slots(drops[0]).items()})
    if spoken:
        slots["drop_spoken"] = Filled(True)
    return [slots]
