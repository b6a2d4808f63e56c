"""Failures in a row: first the question in other words, then with an example, then a person."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.acts import Act
from bot.dialogue.state import Ask, DialogueState

_MAX_STRIKES = 3
FAILURES = (Act.OTHER, Act.UNCLEAR)


def unclear(state: DialogueState) -> DialogueState:
    """Ask again in other words; the third failure in a row leads to a person."""
    strikes = state.strikes + 1
    if strikes >= _MAX_STRIKES:
        return replace(state, strikes=0, act=Act.HAND_OVER)
    if state.question is None:
        return replace(state, strikes=strikes, act=Act.OTHER)
    return replace(state, strikes=strikes, act=Act.UNCLEAR, digressed=True)


def misnamed(before: DialogueState, state: DialogueState) -> DialogueState:
    """A name that no class has, where a class was asked for, is a failure like any other."""
    goal, question = state.goal, before.question
    unknown = goal is not None and goal.get("unknown") and not goal.get("candidates")
    if not unknown or question is None or question.ask is not Ask.CLASS:
        return state
    strikes = before.strikes + 1
    if strikes < _MAX_STRIKES:
        return replace(state, strikes=strikes)
    return replace(state, strikes=0, act=Act.HAND_OVER, question=question)
