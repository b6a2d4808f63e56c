"""Answers to the open question: what fills it, what takes it back, what leaves it open."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue import cues, pointing, verbs
from bot.dialogue.amending import OF_CLASS, amended, class_slots, siblings
from bot.dialogue.confirming import confirmation, insisted
from bot.dialogue.consent import agrees, gives_up, hesitates, repeats
from bot.dialogue.filling import (
    Clock,
    choice_slots,
    class_mentions,
    referred,
    stamped,
    term_slots,
    wanted,
    year_slots,
)
from bot.dialogue.informing import DESCRIBING
from bot.dialogue.picking import chosen
from bot.dialogue.state import (
    Ask,
    DialogueState,
    Filled,
    Goal,
    GoalKind,
    Mentioned,
    Option,
    Question,
)
from bot.dialogue.turn import Mention, Turn
from nlu.normalise import codes, terms

_SHORT = 5
_MAX_TITLE_WORDS = 8
GIVEN_UP = "utter_which_enrollment_goes"  # the topic of the question which class a swap gives up
_TITLES = ("utter_did_you_mean", "utter_which_course")
_CLASSES = (*_TITLES, "utter_which_enrollment")


def answer(state: DialogueState, turn: Turn, clock: Clock) -> DialogueState | None:
    """The state with the open question answered (or its goal amended); None when it is not."""
    question = state.question
    if question is None or _asks(turn):
        return None
    if (option := chosen(question, turn)) is not None:
        return _with_option(state, option)
    if (several := _with_all(state, turn)) is not None:
        return several
    goal = state.goal
    again = goal is not None and repeats(goal.kind, turn)
    if again and question.ask is Ask.CHOICE:
        only = question.options[0] if len(question.options) == 1 else None
        return _with_option(state, only) if only else replace(state, question=None)
    again = again and question.topic in ("guess", "waitlist")  # a W needs a yes of its own
    denies = turn.intent == "deny" and not turn.mentions
    if question.ask is Ask.CONFIRM and (denies or again or agrees(turn)):
        return None if denies and gives_up(turn.text) else confirmation(state, agreed=not denies)
    if goal is None or not _may_answer(turn, question) or _is_another_wish(goal, turn, state):
        return None
    filled = goal_slots(state, turn, clock) or _guess_untagged(state, question, turn, clock)
    if not filled:
        return None
    stamp = stamped(filled, state.turn)
    whole = all(len(wanted(turn, slot)) == len(turn.of(slot)) for slot in ("quarter", "year"))
    if question.ask is Ask.CONFIRM and whole and insisted(question, goal, stamp):
        return replace(state.with_goal(goal.confirmed()), question=None)
    goals = (amended(goal, stamp), *siblings(goal, state.goals[1:], stamp, turn.text))
    return replace(state, goals=goals, question=None)


def _with_option(state: DialogueState, option: Option) -> DialogueState:
    goal = state.goal
    fills = {name: Filled(value, state.turn) for name, value in option.fills.items()}
    if goal is None:
        return replace(state, question=None, args=dict(option.fills))
    settled = dict.fromkeys(("candidates", "said", "unknown", "asks_drop", "title"))
    chosen_goal = goal.having(**{**settled, **fills})
    goals = (chosen_goal, *siblings(goal, state.goals[1:], fills))
    return replace(state, goals=goals, question=None)


def _with_all(state: DialogueState, turn: Turn) -> DialogueState | None:
    """ "Both" of two classes: a wish for each; "neither" of some titles: ask for another name."""
    question, goal = state.question, state.goal
    if question is None or goal is None or question.topic not in _CLASSES or turn.mentions:
        return None
    if turn.intent == "deny" and question.topic in _TITLES:
        return replace(state.with_goal(goal.having(**dict.fromkeys(OF_CLASS))), question=None)
    if goal.kind is GoalKind.SWAP or not pointing.all_of(turn.text):
        return None
    settled = goal.having(**dict.fromkeys(("candidates", "said", "unknown", "title")))
    each = tuple(
        replace(
            settled.having(**{name: Filled(v, state.turn) for name, v in option.fills.items()}),
            key=f"{goal.key}/{number}",
        )
        for number, option in enumerate(question.options)
    )
    return replace(state, goals=(*each, *state.goals[1:]), question=None)


def _asks(turn: Turn) -> bool:
    """Whether a class is asked about: "tell me about CS106A" picks nothing from a choice."""
    named = turn.has("code", "title") and verbs.inquires(turn.text)
    return turn.intent == "inform" and (turn.has("attribute") or named)


def _may_answer(turn: Turn, question: Question) -> bool:
    """An answer, a bare value, a correction, or the same wish said again with more detail."""
    if question.ask in (Ask.QUARTER, Ask.YEAR) and turn.has("subject", "topic"):
        return False  # "philosophy in winter" is a search
    if question.ask is not Ask.CHOICE and _mumbles(turn):
        return False
    if turn.intent in ("answer", "enroll", "drop", "swap", "affirm", "deny"):
        return True
    if turn.has("quarter", "year") and pointing.all_of(turn.text) and "?" not in turn.text:
        return question.ask in (Ask.QUARTER, Ask.YEAR)  # "all of them in winter"
    short = len(turn.text.split()) <= _SHORT
    if turn.intent == "other":
        return short
    searching = turn.has(*DESCRIBING)  # "philosophy in winter" is no answer to "which quarter?"
    bare = turn.is_bare and not cues.continues(turn.text)
    return bare and not searching and "?" not in turn.text


def _mumbles(turn: Turn) -> bool:
    """A lone unknown word, which the tagger takes for somebody's name."""
    alone = [mention.slot for mention in turn.mentions] == ["instructor"]
    return alone and turn.text.strip(" .!?") == turn.mentions[0].text and turn.text.islower()


def _is_another_wish(goal: Goal, turn: Turn, state: DialogueState) -> bool:
    """A wish of another kind, or for another class without taking the first one back."""
    if turn.intent not in tuple(GoalKind):
        return False
    if turn.intent == GoalKind.DROP and _asks_given_up(state):
        return False  # "drop CS107" tells which class goes
    asks = state.question is not None and state.question.ask in (Ask.CLASS, Ask.CHOICE)
    if asks and turn.intent != goal.kind and not verbs.names(GoalKind(turn.intent), turn.text):
        return False  # "that would be CS105 for me"
    doubtful = turn.intent == GoalKind.SWAP and not cues.swaps(turn.text)  # "ok then cs106x"
    if turn.intent != goal.kind and not doubtful:
        return True
    named = class_mentions(turn, state)
    known = goal.get("code")
    return bool(known and named) and named[0].code != known and not cues.corrects(turn.text)


def goal_slots(state: DialogueState, turn: Turn, clock: Clock) -> dict[str, Filled]:
    """Everything in a turn that can amend the current goal."""
    goal = state.goal
    known = goal.get("quarter") if goal else None
    slots = {**term_slots(turn, clock, known), **choice_slots(turn)}
    named = class_mentions(turn, state)
    if not named and (pointed := referred(turn, state)) and _asks_class(state):
        named = [pointed]
        slots = {**_term_of(pointed, goal), **slots}
    if named:
        one = class_slots(named[-1] if cues.corrects(turn.text) else named[0])
        slots.update(_given_up(one) if _asks_given_up(state) else one)
    return slots


def _term_of(pointed: Mentioned, goal: Goal | None) -> dict[str, Filled]:
    """The term of the list that is pointed into, for an enrollment."""
    dated = pointed.quarter is not None and pointed.year is not None
    if goal is None or goal.kind is not GoalKind.ENROLL or not dated or goal.get("quarter"):
        return {}
    return {"quarter": Filled(pointed.quarter), "year": Filled(pointed.year)}


def _asks_given_up(state: DialogueState) -> bool:
    """Whether the open question is which class of a swap is to be given up."""
    goal = state.goal
    swapping = goal is not None and goal.kind is GoalKind.SWAP and goal.get("drop_code") is None
    return swapping and (_asks_class(state) or _topic(state) == GIVEN_UP)


def _topic(state: DialogueState) -> str:
    return state.question.topic if state.question is not None else ""


def _given_up(slots: dict[str, Filled]) -> dict[str, Filled]:
    return {f"drop_{name}": filled for name, filled in slots.items()}


def _asks_class(state: DialogueState) -> bool:
    return state.question is not None and state.question.ask is Ask.CLASS


def _guess_untagged(
    state: DialogueState, question: Question, turn: Turn, clock: Clock
) -> dict[str, Filled]:
    """A short answer the tagger left blank, read as what was asked for."""
    prefix = "drop_" if _asks_given_up(state) else ""
    words = turn.text.split()
    if question.ask is Ask.QUARTER and len(words) <= _SHORT and terms.quarter(turn.text):
        return term_slots(_tagged(turn, "quarter"), clock)
    if question.ask is Ask.YEAR and len(words) <= _SHORT:
        return year_slots(turn.text, None, clock)
    described = turn.has(*DESCRIBING)
    if question.ask is Ask.CLASS and turn.intent in ("answer", "other", "enroll") and not described:
        if hesitates(turn.text) or pointing.ordinal(turn.text) is not None:
            return {}
        found = codes.codes(turn.text) if len(words) <= _SHORT else ()
        if found and not codes.is_bare(found[0]):
            return {f"{prefix}code": Filled(found[0])}
        named = cues.without_wish(turn.text)
        if 0 < len(words) <= _MAX_TITLE_WORDS and cues.content_words(named):
            return {f"{prefix}title": Filled(named)}
    return {}


def _tagged(turn: Turn, slot: str) -> Turn:
    return replace(turn, mentions=(Mention(slot, turn.text, 0),))
