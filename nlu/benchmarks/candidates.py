"""An exchange's candidates as tensors, and the goal that chosen candidates make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch

from nlu.benchmarks.dialogue_sets import DONTCARE, GoalSet, plain
from nlu.decoding import spans_of
from nlu.goals import FLAGS, Candidates
from nlu.turns import Turn

Goal = Mapping[str, str]


@dataclass(frozen=True)
class Candidate:
    """A value that a slot might take now. `source`: 0 the user's turn, 1 the assistant's before
    it, None for a value of the ontology or no preference.
    """

    slot: str
    value: str
    source: int | None
    words: tuple[int, int] | None
    flags: tuple[int, ...]


def candidates_of(user: Turn, system: Turn | None, kinds: GoalSet) -> list[Candidate]:
    """Mentions of both turns by their tags, the ontology's values, and no preference."""
    found = [Candidate(slot, DONTCARE, None, None, (0, 0, 1, 0, 0)) for slot in kinds.slots]
    for source, turn in ((0, user), (1, system)):
        for first, last, slot in spans_of(turn.tags or ()) if turn else ():
            value = " ".join(turn.words[first : last + 1]) if turn else ""
            flags = (int(source == 0), int(source == 1), 0, 0, 0)
            found.append(Candidate(slot, value, source, (first, last), flags))
    for slot, values in kinds.ontology.items():
        for value in values:
            flags = (0, 0, 0, *_heard(value.split(), user, system))
            found.append(Candidate(slot, value, None, None, flags))
    return found


def _heard(value: Sequence[str], user: Turn, system: Turn | None) -> tuple[int, int]:
    """Whether the value's words stand in either turn, a longer form of each allowed."""
    return tuple(int(turn is not None and _stands(value, turn.words)) for turn in (user, system))  # type: ignore[return-value]


def _stands(value: Sequence[str], words: Sequence[str]) -> bool:
    count = len(value)
    return any(
        all(_alike(want, word) for want, word in zip(value, words[i : i + count], strict=True))
        for i in range(len(words) - count + 1)
    )


def _alike(want: str, word: str) -> bool:
    if want == word:
        return True
    stem = max(4, len(want) - 2)  # "moderately", "center", "asian"
    return len(want) >= 5 and word[:stem] == want[:stem]


def updated(goal: Goal, chosen: Sequence[Candidate]) -> dict[str, str]:
    """The goal with one chosen candidate a slot."""
    return {**goal, **{candidate.slot: candidate.value for candidate in chosen}}


def same(one: Goal, other: Goal) -> bool:
    """Whether two goals are equal but for spelling."""
    return pairs(one) == pairs(other)


def pairs(goal: Goal) -> set[tuple[str, str]]:
    """Slots and plain values."""
    return {(slot, plain(value)) for slot, value in goal.items()}


@dataclass(frozen=True)
class Choice:
    """One user turn's candidates, with the goals before and after it where they are known."""

    turn: int
    system: int | None
    candidates: Sequence[Candidate]
    before: Goal
    after: Goal


def tensors(
    choices: Sequence[Choice], kinds: GoalSet, words: int, rows: Mapping[str, int]
) -> Candidates:
    """All choices of a batch; `rows`: where each value stands in the head's table."""
    slots = {slot: index for index, slot in enumerate(kinds.slots)}
    table: list[tuple[int, ...]] = []
    masks: list[list[int]] = []
    flags: list[tuple[int, ...]] = []
    groups: list[tuple[int, int]] = []
    for number, choice in enumerate(choices):
        after = pairs(choice.after)
        for candidate in choice.candidates:
            slot = slots[candidate.slot]
            source = choice.system if candidate.source == 1 else choice.turn
            value = rows[candidate.value] if candidate.source is None else 0
            right = (candidate.slot, plain(candidate.value)) in after
            group = len(slots) * number + slot
            table.append((choice.turn, slot, source or 0, value, group, int(right)))
            first, last = candidate.words or (0, -1)
            masks.append([int(first <= place <= last) for place in range(words)])
            flags.append(candidate.flags)
        groups += [_explained(choice, slot, after) for slot in kinds.slots]
    turn, slot_of, source_of, value_of, group_of, accepted = torch.tensor(table).unbind(1)
    unchanged, counted = torch.tensor(groups).unbind(1)
    return Candidates(
        turn, slot_of, source_of, torch.tensor(masks), value_of,
        torch.tensor(flags).reshape(-1, FLAGS), group_of, accepted, unchanged, counted,
    )  # fmt: skip


def _explained(choice: Choice, slot: str, after: set[tuple[str, str]]) -> tuple[int, int]:
    """Whether taking none explains the goal after the turn, and whether any choice does."""
    wanted = {pair for pair in after if pair[0] == slot}
    stays = wanted == {pair for pair in pairs(choice.before) if pair[0] == slot}
    offered = {(c.slot, plain(c.value)) for c in choice.candidates}
    return int(stays), int(stays or bool(wanted & offered))
