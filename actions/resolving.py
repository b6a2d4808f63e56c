"""Titles and codes of the current goals, checked against the catalogue before anything is asked."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.state import DialogueState, Filled, Goal, GoalKind, Mentioned
from knowledge.clients.explorecourses import ExploreCoursesClient
from knowledge.clients.values import TitleMatch
from knowledge.errors import UnknownCourse
from nlu.normalise import codes

_SURE = 92.0
_EXACT = 100.0
_TERM = ("quarter", "year", "academic_start", "class_id")
_MOST = 5


async def resolved(state: DialogueState, catalogue: ExploreCoursesClient) -> DialogueState:
    """The state with every goal's classes resolved, doubtful or unknown ones with candidates."""
    resolved_goals = [await _goal(goal, catalogue, state.results) for goal in state.goals]
    goals = tuple(_of_list(goal, state) for goal in resolved_goals)
    return replace(state, goals=goals, focus=_in_focus(goals) or state.focus)


def _in_focus(goals: tuple[Goal, ...]) -> Mentioned | None:
    """The class of the current goal is what "it" means from now on."""
    goal = goals[0] if goals else None
    if goal is None or goal.get("code") is None or goal.get("name") is None:
        return None
    term = (goal.get("quarter"), goal.get("year"))
    quarter, year = term if None not in term else (None, None)
    return Mentioned(goal.get("code"), goal.get("name"), None, quarter, year)


def _of_list(goal: Goal, state: DialogueState) -> Goal:
    """A wish for a class by its title, out of a list of one term's classes, is for that term."""
    name = goal.slots.get("name")
    fresh = name is not None and name.turn == state.turn and goal.kind is GoalKind.ENROLL
    if not fresh or any(goal.get(slot) is not None for slot in _TERM):
        return goal
    listed = next((each for each in state.results if each.code == goal.get("code")), None)
    if listed is None or listed.quarter is None or listed.year is None:
        return goal
    term = {"quarter": listed.quarter, "year": listed.year}
    return goal.having(**{slot: Filled(value, state.turn) for slot, value in term.items()})


async def _goal(goal: Goal, catalogue: ExploreCoursesClient, listed: tuple[Mentioned, ...]) -> Goal:
    for prefix in ("", "drop_"):
        goal = await _class(goal, prefix, catalogue, listed)
    return goal


async def _class(
    goal: Goal, prefix: str, catalogue: ExploreCoursesClient, listed: tuple[Mentioned, ...]
) -> Goal:
    code, title, name = f"{prefix}code", f"{prefix}title", f"{prefix}name"
    filled = goal.slots.get(code)
    if filled is not None and goal.get(name) is None:
        return await _known(goal, filled, prefix, catalogue)
    if filled is None and (wanted := goal.get(title)) is not None:
        matches = await catalogue.titles(wanted)
        if not matches and codes.is_bare(wanted):
            matches = await catalogue.suggestions(wanted)  # "106a": the courses of that number
        return _matched(goal, prefix, wanted, _listed(wanted, matches, listed))
    return goal


def _listed(
    wanted: str, matches: list[TitleMatch], listed: tuple[Mentioned, ...]
) -> list[TitleMatch]:
    """Of several classes of that name the one in the list just shown; it is certain then."""
    if any(match.score >= _EXACT for match in matches):
        return matches
    words = set(wanted.lower().split())
    known = {each.code for each in listed if words <= set(_plain(each.title).split())}
    shown = [match for match in matches if match.code in known]
    return [replace(shown[0], score=_EXACT)] if len(shown) == 1 else matches


def _plain(title: str) -> str:
    return "".join(letter if letter.isalnum() else " " for letter in title.lower())


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
    name = Filled(only.title, said.turn)
    values = {f"{prefix}code": filled, f"{prefix}name": name, f"{prefix}title": None}
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
