"""Lecture demos: one that waits for its files, files that wait for a demo, one that runs.

What waits stands in the state beside the open question, so that a question in between is a
digression like any other. A file always belongs to what waits; "yes" only right after it was asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.dialogue import cues, demo_cues
from bot.dialogue.acts import Act
from bot.dialogue.turn import Turn

if TYPE_CHECKING:
    from bot.dialogue.state import DialogueState

MOST_UPLOADS = 12
_RUNNING_TURNS = 10  # after so many, "stop" alone hardly means the demo
_ANOTHER_TRY_TURNS = 2
_WISHES = ("enroll", "drop", "swap")
_ABOUT_COURSES = (*_WISHES, "inform", "my_schedule")
_NAMING = ("answer", "other", "skill", "inform", "lecture_question")


@dataclass(frozen=True)
class Demo:
    """The demo `name` waits for files, or runs (`started`); without a name the files wait.

    `turn` is the turn in which it was asked for them, or started.
    """

    name: str = ""
    uploads: tuple[str, ...] = ()
    turn: int = 0
    started: bool = False


def from_json(data: Mapping[str, Any] | None) -> Demo | None:
    """What the dialogue state kept."""
    return None if not data else Demo(**{**data, "uploads": tuple(data["uploads"])})


def demonstrated(state: DialogueState, turn: Turn) -> DialogueState:
    """The state with what the turn does to demos; with an act when that is all it is about."""
    if _about_courses(turn):
        return _put_aside(state, turn)
    if _stops(state, turn):
        return _act(replace(state, demo=None), {"do": "stop"})
    state = _gathered(state, turn)
    if turn.uploads or _orders(turn):
        return _wanted(state, turn)
    demo = state.demo
    if demo is None or demo.started:
        return state
    asked_now = demo.turn == state.turn - 1
    if demo.name and (demo_cues.sample(turn.text) or _goes_on(state, turn, asked_now)):
        return _act(state, {"skill": demo.name, "exact": True, "sample": True})
    if _lets_be(state, turn, asked_now):
        left = replace(state, demo=None, act=Act.CANCELLED, strikes=0)
        return replace(left, digressed=state.question is not None)
    if not demo.name and asked_now and _names(state, turn):
        return _wanted(state, turn)
    return state


def wanted(state: DialogueState, turn: Turn) -> DialogueState:
    """The state for a turn that the model takes for a wish for a demo."""
    return _wanted(state, turn)


def _act(state: DialogueState, args: dict[str, Any]) -> DialogueState:
    uploads = list(state.demo.uploads) if state.demo is not None else []
    told = {"uploads": uploads, **args}
    digressed = state.question is not None
    return replace(state, act=Act.SKILL, args=told, digressed=digressed, strikes=0)


def _wanted(state: DialogueState, turn: Turn) -> DialogueState:
    """By the words; files without a demo's name are for the one that waits."""
    tags = [mention.text for mention in turn.of("skill")]
    demo = state.demo
    waits = demo is not None and demo.name and not demo.started
    if demo is not None and waits and turn.uploads and not (tags or _orders(turn)):
        return _act(state, {"skill": demo.name, "exact": True})
    args = {
        "skill": " ".join(tags),
        "said": turn.text,
        "sample": demo_cues.sample(turn.text),
        "list": not tags and not turn.uploads and demo_cues.lists(turn.text),
        "lecture": demo_cues.lecture(turn.text),
    }
    return _act(state, args)


def _gathered(state: DialogueState, turn: Turn) -> DialogueState:
    """Files are kept until a demo takes them, also when they come one by one."""
    if not turn.uploads:
        return state
    demo = state.demo or Demo()
    if demo.started:  # a file right after it is another try: the first may have been none it reads
        fresh = state.turn - demo.turn <= _ANOTHER_TRY_TURNS
        demo = Demo(demo.name if fresh else "")
    uploads = tuple(dict.fromkeys((*demo.uploads, *turn.uploads)))[-MOST_UPLOADS:]
    return replace(state, demo=replace(demo, uploads=uploads))


def _put_aside(state: DialogueState, turn: Turn) -> DialogueState:
    """A wish about courses ends the waiting; the files stay for whichever demo comes next."""
    state = _gathered(state, turn)
    demo = state.demo
    if demo is None or demo.started or turn.intent not in _WISHES:
        return state
    return replace(state, demo=replace(demo, name="") if demo.uploads else None)


def _about_courses(turn: Turn) -> bool:
    named = turn.has("code", "title") and turn.intent in _ABOUT_COURSES
    return (named or turn.intent in _WISHES) and not _orders(turn)


def _orders(turn: Turn) -> bool:
    return demo_cues.runs(turn.text) and not turn.has("code")


def _stops(state: DialogueState, turn: Turn) -> bool:
    """A demo is stopped by name, or by "stop" alone while one runs and nothing else is open."""
    demo, free = state.demo, state.question is None and not state.goals
    if demo_cues.stops(turn.text) and not turn.has("code", "title"):
        return demo is None or demo.started
    fresh = demo is not None and demo.started and state.turn - demo.turn <= _RUNNING_TURNS
    return fresh and free and demo_cues.stops_alone(turn.text)


def _lets_be(state: DialogueState, turn: Turn, asked_now: bool) -> bool:
    """ "Never mind" means the demo when it was asked right before, or when nothing else is open."""
    free = asked_now or (state.question is None and not state.goals)
    denied = turn.intent == "cancel" or (turn.intent == "deny" and asked_now)
    return demo_cues.stops(turn.text) or (free and denied and not turn.mentions)


def _goes_on(state: DialogueState, turn: Turn, asked_now: bool) -> bool:
    agreed = turn.intent == "affirm" and not any(map(str.isalpha, turn.text))  # a thumb
    return asked_now and state.question is None and (agreed or demo_cues.goes_on(turn.text))


def _names(state: DialogueState, turn: Turn) -> bool:
    """A short answer to "which of them shall look at it?"."""
    free = state.question is None and not turn.has("code") and turn.intent in _NAMING
    return free and len(turn.text.split()) <= 6 and not cues.continues(turn.text)
