"""Titles and codes of the current goals, checked against the catalogue before anything is asked."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.state import DialogueState, Filled, Goal, Mentioned
from knowledge.clients.explorecourses import ExploreCoursesClient
from knowledge.clients.values import TitleMatch
from knowledge.errors import UnknownCourse
from nlu.normalise import codes

_SURE = 92.0
_MOST = 5


async def resolved(state: DialogueState, catalogue: ExploreCoursesClient) -> DialogueState:
    """The state with every goal's classes resolved, doubtful or unknown ones with candidates."""
    goals = tuple([await _goal(goal, catalogue) for goal in state.goals])
    return replace(state, goals=goals, focus=_in_focus(goals) or state.focus)


def _in_focus(goals: tuple[Goal, ...]) -> Mentioned | None:
    """The class of the current goal is what "it" means from now on."""
    goal = goals[0] if goals else None
    if goal is None or goal.get("code") is None or goal.get("name") is None:
        return None
    term = (goal.get("quarter"), goal.get("year"))
    quarter, year = term if None not in term else (None, None)
    return Mentioned(goal.get("code"), goal.get("name"), None, quarter, year)


async def _goal(goal: Goal, catalogue: ExploreCoursesClient) -> Goal:
    for prefix in ("", "drop_"):
        goal = await _class(goal, prefix, catalogue)
    return goal


async def _class(goal: Goal, prefix: str, catalogue: ExploreCoursesClient) -> Goal:
    code, title, name = f"{prefix}code", f"{prefix}title", f"{prefix}name"
    filled = goal.slots.get(code)
    if filled is not None and goal.get(name) is None:
        return await _known(goal, filled, prefix, catalogue)
    if filled is None and (wanted := goal.get(title)) is not None:
        matches = await catalogue.titles(wanted)
        if not matches and codes.is_bare(wanted):
            matches = await catalogue.suggestions(wanted)  # "106a": the courses of that number
        return _matched(goal, prefix, wanted, matches)
    return goal


async def _known(goal: Goal, filled: Filled, prefix: str, catalogue: ExploreCoursesClient) -> Goal:
    try:
        course = await catalogue.course(filled.value)
    except UnknownCourse:
        near = await catalogue.suggestions(filled.value)
        return _offered(goal, prefix, filled.value, near, unknown=True)
    same = replace(filled, value=course.code)
    return goal.having(**{f"{prefix}code": same, f"{prefix}name": Filled(course.title)})


def _matched(goal: Goal, prefix: str, wanted: str, matches: list[TitleMatch]) -> Goal:
    if len(matches) != 1:
        return _offered(goal, prefix, wanted, matches, unknown=not matches)
    only = matches[0]
    said = goal.slots[f"{prefix}title"]
    filled = replace(said, value=only.code, guessed=said.guessed or only.score < _SURE)
    values = {f"{prefix}code": filled, f"{prefix}name": Filled(only.title), f"{prefix}title": None}
    return goal.having(**values)


def _offered(goal: Goal, prefix: str, said: str, matches: list[TitleMatch], unknown: bool) -> Goal:
    """Nothing certain: keep what was said and what it may mean, for the question that follows."""
    listed = [{"code": match.code, "title": match.title} for match in matches[:_MOST]]
    values = {
        f"{prefix}code": None,
        f"{prefix}title": None,
        "candidates": Filled(listed) if listed else None,
        "said": Filled(said),
        "unknown": Filled(unknown) if unknown else None,
        "asks_drop": Filled(True) if prefix else None,
    }
    return goal.having(**values)
