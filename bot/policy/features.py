"""A decision as numbers: what a learned policy sees of it.

Each group below gives named numbers, nearly all between 0 and 1, always the same names in the same
order; one after the other they are the vector. `SIGNATURE` names this layout and stands in every
weights file: weights that were trained on another one are not used.

A network does not choose between all acts of the domain but between `CHOICES`: the rule's act,
whatever it is, or one of the ways to make sure first. What is learned about one act on the record
holds for the others, and the mask (`bot.dialogue.decide.candidates`) stays outside.
"""

from __future__ import annotations

import math
import zlib

import numpy as np
from numpy.typing import NDArray

from bot.dialogue.acts import ON_RECORD, Act
from bot.dialogue.state import DialogueState, Filled, Goal
from bot.policy.agents import Decision

Vector = NDArray[np.float32]
Mask = NDArray[np.bool_]
Numbers = dict[str, float]

CHOICES: tuple[Act | None, ...] = (
    None, Act.CONFIRM, Act.ASK_CLASS, Act.ASK_QUARTER, Act.ASK_YEAR, Act.ASK_MEANING,
)  # fmt: skip
SLOTS = ("code", "quarter", "year", "drop_code")
# Written out, so that a new intent or question elsewhere leaves the layout as it is.
_KINDS = ("enroll", "drop", "swap")
_INTENTS = (*_KINDS, "inform", "my_schedule", "lecture_question", "skill", "handoff")
_ASKS = ("class", "quarter", "year", "choice", "confirm", "meaning")
_RULES = {
    "enroll": {Act.ENROLL},
    "drop": {Act.DROP},
    "swap": {Act.SWAP},
    "confirm": {Act.CONFIRM},
    "ask": {Act.ASK_CLASS, Act.ASK_QUARTER, Act.ASK_YEAR, Act.ASK_CHOICE, Act.ASK_MEANING},
    "search": {Act.SEARCH, Act.COURSE, Act.ADVISE},
    "own": {Act.SCHEDULE, Act.DATES, Act.PLAN, Act.WHY_NOT, Act.TIMETABLE},
    "lecture": {Act.LECTURE, Act.SKILL},
    "handoff": {Act.HANDOFF},
}
_STEPS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99)
_NINES = 4.0  # 0.9999 and surer is all the same


def encode(decision: Decision) -> Vector:
    """The vector of one decision, shape (len(LAYOUT),)."""
    values = [value for group in _groups(decision) for value in group.values()]
    return np.array(values, dtype=np.float32)


def mask(decision: Decision) -> Mask:
    """Which of `CHOICES` are permitted, shape (len(CHOICES),)."""
    allowed = np.zeros(len(CHOICES), dtype=np.bool_)
    allowed[[index for act in decision.candidates if (index := choice(decision, act)) >= 0]] = True
    return allowed


def choice(decision: Decision, act: Act) -> int:
    """The place of an act among `CHOICES` at this decision; -1 for one that has none."""
    if act is decision.candidates[0]:
        return 0
    return CHOICES.index(act) if act in CHOICES else -1


def _groups(decision: Decision) -> tuple[Numbers, ...]:
    state = decision.state
    goal = state.goal
    return (
        _offered(decision), _goal(goal), *(_slot(name, state) for name in SLOTS), _weakest(goal),
        _certainty(goal), _heard(state), _question(state), _course(decision),
    )  # fmt: skip


def _offered(decision: Decision) -> Numbers:
    rule = decision.candidates[0]
    rules = {f"rule_{name}": float(rule in acts) for name, acts in _RULES.items()}
    others = {f"may_{act}": float(act in decision.candidates[1:]) for act in CHOICES if act}
    return {**rules, **others}


def _goal(goal: Goal | None) -> Numbers:
    kinds = {f"goal_{kind}": float(goal is not None and goal.kind == kind) for kind in _KINDS}
    known = goal.slots if goal else {}
    return {
        **kinds,
        **{f"has_{slot}": float(slot in known) for slot in ("class_id", "title", "candidates")},
        **_sureness("wish", goal.confidence if goal else 1.0),
    }


def _slot(name: str, state: DialogueState) -> Numbers:
    filled = state.goal.slots.get(name) if state.goal else None
    known = filled or Filled(None, state.turn)
    return {
        f"{name}_filled": float(filled is not None),
        f"{name}_guessed": float(known.guessed),
        **_sureness(name, known.confidence),
        f"{name}_age": min(max(state.turn - known.turn, 0), 5) / 5,
    }


def _weakest(goal: Goal | None) -> Numbers:
    """Which part of the goal is least certain, if any is not quite certain."""
    doubtful = goal.doubtful if goal else ()
    weakest = doubtful[0] if doubtful else ""
    if goal and goal.confidence < 1.0 and (not weakest or goal.confidence <= goal.certainty):
        weakest = "wish"
    return {f"weakest_{name}": float(weakest == name) for name in (*SLOTS, "wish")}


def _certainty(goal: Goal | None) -> Numbers:
    """Of the whole goal: of its least certain part, and of all parts at once."""
    certainty = goal.certainty if goal else 1.0
    heard = [goal.slots[name].confidence for name in SLOTS if name in goal.slots] if goal else []
    jointly = math.prod([goal.confidence, *heard]) if goal else 1.0
    steps = {f"certainty_above_{step}": float(certainty > step) for step in _STEPS}
    return {**_sureness("certainty", certainty), **_sureness("jointly", jointly), **steps}


def _heard(state: DialogueState) -> Numbers:
    """The last turn, and what else it may have meant while that can still be asked."""
    heard = state.heard or {}
    ranking = [name for name in heard.get("ranking", ()) if name != heard.get("intent")]
    second = ranking[0] if ranking else ""
    spans = [float(mention["confidence"]) for mention in heard.get("mentions", ())]
    steps = {f"sure_above_{step}": float(state.sure > step) for step in _STEPS[:6]}
    return {
        **_sureness("sure", state.sure),
        **steps,
        **{f"heard_{name}": float(heard.get("intent") == name) for name in _INTENTS},
        "second_on_record": float(second in _KINDS),
        "second_readable": float(second in _INTENTS),
        **_sureness("spans", min(spans, default=1.0)),
    }


def _question(state: DialogueState) -> Numbers:
    question = state.question
    asks = {f"asked_{ask}": float(bool(question and question.ask == ask)) for ask in _ASKS}
    return {**asks, "asked_times": min(question.times, 3) / 3 if question else 0.0}


def _course(decision: Decision) -> Numbers:
    """How the conversation goes."""
    state, executed = decision.state, decision.executed
    effect = state.effect
    return {
        "strikes": min(state.strikes, 3) / 3,
        "goals": min(len(state.goals), 3) / 3,
        "digressed": float(state.digressed),
        "executed": min(len(executed), 4) / 4,
        "executed_on_record": float(any(name in ON_RECORD for name in executed)),
        "turn": min(state.turn, 20) / 20,
        "effect": float(effect is not None),
        "effect_recent": float(effect is not None and state.turn - effect.turn <= 3),
        "refused": float(state.refused is not None),
        "doubted": float(state.doubted is not None),
        "focus": float(state.focus is not None),
        "results": min(len(state.results), 5) / 5,
    }


def _sureness(name: str, confidence: float) -> Numbers:
    """A confidence as such, and in nines: 0.9 and 0.99 differ as much as 0 and 0.9."""
    doubt = max(1.0 - confidence, 10.0**-_NINES)
    return {f"{name}_sure": confidence, f"{name}_nines": max(-math.log10(doubt), 0.0) / _NINES}


_NOTHING = Decision(DialogueState(), (), (Act.LISTEN,))
LAYOUT: tuple[str, ...] = tuple(name for group in _groups(_NOTHING) for name in group)
SIGNATURE = f"1-{len(LAYOUT)}-{zlib.crc32(' '.join((*LAYOUT, *map(str, CHOICES))).encode()):08x}"
