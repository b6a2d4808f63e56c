"""What a turn does to the dialogue state: the one entry point, called by `action_understand`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.dialogue import cues, pointing
from bot.dialogue.acts import Act
from bot.dialogue.advising import picked
from bot.dialogue.answering import answer
from bot.dialogue.confirming import UNDO
from bot.dialogue.consent import gestured
from bot.dialogue.decide import goal_act
from bot.dialogue.demos import demonstrated, wanted
from bot.dialogue.doubting import ask_back, doubts, meant
from bot.dialogue.filling import Clock, class_mentions, term_slots
from bot.dialogue.following_up import in_place, one_more
from bot.dialogue.informing import DESCRIBING, inform, listed
from bot.dialogue.labs import relocated
from bot.dialogue.moving import elsewhen, moved, redone
from bot.dialogue.narrowing import narrowed, opened
from bot.dialogue.noting import about_notes
from bot.dialogue.permissions import tried_again, without_number
from bot.dialogue.planning import planning
from bot.dialogue.repairing import FAILURES, unclear
from bot.dialogue.rereading import about_dates, counts_units, reread, still_dates
from bot.dialogue.retracting import retracted
from bot.dialogue.small_talk import steadied
from bot.dialogue.state import Ask, DialogueState, Mentioned, Question
from bot.dialogue.turn import Turn
from bot.dialogue.wishing import wish

_SIMPLE = {
    "greet": Act.GREET,
    "goodbye": Act.GOODBYE,
    "thank": Act.THANKS,
    "help": Act.HELP,
    "handoff": Act.HANDOFF,
}
_RECENT = 3
Handler = Callable[[DialogueState, Turn, Clock], DialogueState]


def track(state: DialogueState, turn: Turn, clock: Clock) -> DialogueState:
    """The state after this turn; an empty `act` means that the current goal decides (`settle`)."""
    turn = reread(state, gestured(state, turn))
    turn = picked(steadied(state, turn))
    of_dates = still_dates(state, turn)
    state = replace(
        state,
        turn=state.turn + 1,
        message_id=turn.message_id,
        act="",
        args={} if turn.intent not in ("inform", "answer") else state.args,
        digressed=False,
        steps=0,
        sure=turn.confidence,
        heard=None,
    )
    state = demonstrated(state, turn)
    if state.act:
        return state
    if not turn.text.strip():
        return _digress(state, Act.EMPTY)
    if (noting := about_notes(state, turn)) is not None:
        return noting
    turn = without_number(state, turn)
    if (again := tried_again(state, turn)) is not None:
        return again
    state, turn = meant(state, turn)
    if state.act:
        return state
    if _names_another(turn):
        return replace(state, act=Act.OTHER_STUDENT, focus=_spoken_of(state, turn))
    if of_dates:
        return _dates(state, turn, clock)
    if (narrower := narrowed(state, turn, clock)) is not None:
        return narrower
    if (planned := planning(state, turn, clock)) is not None:
        return planned
    if _undoes(state, turn):
        return replace(state, act=Act.UNDO, question=None)
    if _regrets(state, turn):
        return replace(state, act=Act.CONFIRM, question=Question(Ask.CONFIRM, topic=UNDO))
    if (left := retracted(state, turn)) is not None:
        return replace(left, strikes=0)
    if (other := in_place(state, turn, clock)) is not None:
        return other
    turn = one_more(state, turn)
    answered = answer(state, turn, clock)
    if answered is not None:
        return replace(answered, strikes=0)
    if (lab := relocated(state, turn)) is not None:
        return lab
    if (elsewhere := moved(state, turn, clock)) is not None:
        return elsewhere
    if about_dates(turn):
        return _dates(state, turn, clock)
    if (anything := opened(state, turn)) is not None:
        return anything
    if state.refused is not None and (again := elsewhen(state, turn, clock)) is not None:
        return again
    if doubts(state, turn):
        return ask_back(state, turn)
    handled = _HANDLERS.get(turn.intent, _other)(state, turn, clock)
    heard = turn.to_json() if state.question is None else None
    strikes = handled.strikes if handled.act in FAILURES else 0
    # "Then winter" must come at once.
    return replace(handled, refused=None, heard=heard, strikes=strikes)


def settle(state: DialogueState) -> DialogueState:
    """Let the goal decide where the turn did not; called after titles have been resolved."""
    if state.act:
        return state
    if state.goal is None:
        return replace(state, act=Act.NOTHING_OPEN)
    return replace(state, act=goal_act(state.goal))


def _names_another(turn: Turn) -> bool:
    """Whether a number that is not the speaker's own is named, whatever is asked about it."""
    if turn.suid is None:
        return False
    numbers = ("".join(filter(str.isdigit, mention.text)) for mention in turn.of("suid"))
    return any(number.zfill(8) != turn.suid for number in numbers if number)


def _spoken_of(state: DialogueState, turn: Turn) -> Mentioned | None:
    """The one class that was wanted for somebody else: "then put me into it"."""
    named = [each for each in class_mentions(turn, state) if each.code]
    return named[0] if len(named) == 1 else state.focus


def _undoes(state: DialogueState, turn: Turn) -> bool:
    recent = state.effect is not None and state.turn - state.effect.turn <= _RECENT
    named = turn.has("code", "title") or turn.intent in ("enroll", "swap", "inform")
    return recent and not state.goals and cues.undoes(turn.text) and not named


def _regrets(state: DialogueState, turn: Turn) -> bool:
    """ "Oh no, put it back" right after a change: most likely to be undone, which is asked."""
    fresh = state.effect is not None and state.turn - state.effect.turn == 1
    return fresh and not state.goals and not turn.mentions and cues.puts_back(turn.text)


def _digress(state: DialogueState, act: Act) -> DialogueState:
    """Answer something in between and come back to the open question."""
    return replace(state, act=act, digressed=state.question is not None)


def _simple(state: DialogueState, turn: Turn, clock: Clock) -> DialogueState:
    act = _SIMPLE[turn.intent]
    if act in (Act.GOODBYE, Act.HANDOFF):
        return replace(state, act=act)
    return _digress(state, act)


def _inform(state: DialogueState, turn: Turn, clock: Clock) -> DialogueState:
    if "?" not in turn.text and (again := elsewhen(state, turn, clock)) is not None:
        return again
    answered = inform(state, turn, clock)
    return _digress(answered, Act(answered.act or Act.OTHER))


def _dates(state: DialogueState, turn: Turn, clock: Clock) -> DialogueState:
    slots = term_slots(turn, clock)
    args = {name: filled.value for name, filled in slots.items()}
    return _digress(replace(state, args=args), Act.DATES)


def _schedule(state: DialogueState, turn: Turn, clock: Clock) -> DialogueState:
    if turn.has("code", "title") and cues.asks_eligibility(turn.text):
        return _inform(state, turn, clock)  # "why can't I enroll in CS229?"
    if turn.suid is None:
        return _digress(state, Act.SIGN_IN)
    slots = term_slots(turn, clock)
    args = {name: filled.value for name, filled in slots.items()}
    args["units"] = counts_units(turn.text)
    return _digress(replace(state, args=args), Act.SCHEDULE)


def _lecture(state: DialogueState, turn: Turn, clock: Clock) -> DialogueState:
    return _digress(replace(state, args={"question": turn.text}), Act.LECTURE)


def _skill(state: DialogueState, turn: Turn, clock: Clock) -> DialogueState:
    return wanted(state, turn)


def _affirm(state: DialogueState, turn: Turn, clock: Clock) -> DialogueState:
    return replace(state, act=Act.NOTHING_OPEN) if state.question is None else unclear(state)


def _deny(state: DialogueState, turn: Turn, clock: Clock) -> DialogueState:
    if state.question is None:
        return replace(state, act=Act.NOTHING_OPEN)
    return replace(state.given_up(), act=Act.CANCELLED)


def _cancel(state: DialogueState, turn: Turn, clock: Clock) -> DialogueState:
    if state.goals or state.question is not None:
        return replace(state, goals=(), question=None, act=Act.CANCELLED)
    if state.effect is not None and state.turn - state.effect.turn == 1:
        return replace(state, act=Act.CONFIRM, question=Question(Ask.CONFIRM, topic=UNDO))
    light = cues.lets_be(turn.text)
    return replace(state, act=Act.NOTHING_OPEN if light else Act.NOTHING_TO_CANCEL)


def _answer(state: DialogueState, turn: Turn, clock: Clock) -> DialogueState:
    """A value nobody asked for: a follow-up on the last results, or a correction too late."""
    if state.question is not None:
        matter = DESCRIBING if state.question.ask is Ask.CLASS else ("subject", "topic")
        wanted = turn.has(*matter)
        return _digress(listed(state, turn, clock), Act.SEARCH) if wanted else unclear(state)
    if state.effect is not None and cues.corrects(turn.text) and turn.has("quarter", "year"):
        return redone(state, turn, clock)
    if (again := elsewhen(state, turn, clock)) is not None:
        return again
    answered = inform(state, turn, clock)
    points = pointing.ordinal(turn.text) is not None or pointing.the_one(turn.text)
    in_vain = Act.WHICH_ONE if points else Act.NOTHING_OPEN
    return answered if answered.act else replace(state, act=in_vain)


def _other(state: DialogueState, turn: Turn, clock: Clock) -> DialogueState:
    if cues.retries(turn.text) and state.goal is not None:
        return replace(state, question=None)
    return unclear(state)


_HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(_SIMPLE, _simple),
    **dict.fromkeys(("enroll", "drop", "swap"), wish),
    "inform": _inform,
    "my_schedule": _schedule,
    "lecture_question": _lecture,
    "skill": _skill,
    "affirm": _affirm,
    "deny": _deny,
    "cancel": _cancel,
    "answer": _answer,
    "other": _other,
}
