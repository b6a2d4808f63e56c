"""Goals as a training task: dialogues in, tags and choices learnt together, joint goals out."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor

from nlu.batches import Batch, Coder, collate
from nlu.benchmarks.candidates import (
    Candidate,
    Choice,
    candidates_of,
    pairs,
    same,
    tensors,
    updated,
)
from nlu.benchmarks.dialogue_sets import Exchange, GoalSet, plain
from nlu.benchmarks.swapping import MentionSwaps
from nlu.decoding import best_tags, spans_of
from nlu.evaluation.metrics import f1
from nlu.evaluation.predicting import chain_of
from nlu.goals import Candidates, GoalModel, goal_loss
from nlu.model import at_words
from nlu.turns import Turn

Dialogue = Sequence[Exchange]


class GoalTask:
    """Trains on whole dialogues; without a memory on each user turn alone."""

    def __init__(
        self, kinds: GoalSet, coder: Coder, rows: Mapping[str, int], batch: int, swapped: float,
        seed: int, *, memory: bool,
    ) -> None:  # fmt: skip
        self._kinds, self._coder, self._rows, self._batch = kinds, coder, rows, batch
        self._swapped, self._seed, self._memory = swapped, seed, memory
        self._swaps = MentionSwaps([_flat(d) for d in kinds.train], kinds.open_slots)

    def batches(self, epoch: int, chance: random.Random) -> list[list[Dialogue]]:
        """The epoch's dialogues, other values in their mentions, about `batch` turns together."""
        again = random.Random(1000 * self._seed + epoch)
        dialogues = [self._other_values(dialogue, again) for dialogue in self._kinds.train]
        chance.shuffle(dialogues)
        return list(_grouped(dialogues, self._batch))

    def _other_values(self, dialogue: Dialogue, chance: random.Random) -> Dialogue:
        turns, replaced = self._swaps.swapped(_flat(dialogue), self._swapped, chance)
        known = {(s, plain(" ".join(old))): " ".join(new) for (s, old), new in replaced.items()}
        told = iter(turns)
        return [
            Exchange(
                next(told) if exchange.system else None,
                next(told),
                {s: known.get((s, plain(v)), v) for s, v in exchange.goal.items()},
            )
            for exchange in dialogue
        ]

    def loss(self, model: GoalModel, batch: list[Dialogue], device: torch.device) -> Tensor:
        """Of the tags in both sides' turns and of the choices."""
        tensors_of, choices = self._encoded(batch)
        tensors_of = tensors_of.to(device)
        output, states = model(
            tensors_of.pieces, tensors_of.mask, tensors_of.history, tensors_of.of_user
        )
        candidates = self._candidates(choices, tensors_of).to(device)
        scores = model.scores(output, states, tensors_of.first, candidates)
        joint = model.joint.loss(output, tensors_of.first, tensors_of.tags, tensors_of.intent)
        return joint + goal_loss(scores, candidates)

    def _candidates(self, choices: Sequence[Choice], batch: Batch) -> Candidates:
        return tensors(choices, self._kinds, batch.first.shape[1], self._rows)

    def _encoded(self, dialogues: Sequence[Dialogue]) -> tuple[Batch, list[Choice]]:
        """The turns as a batch, and one choice a user turn, by the turns' own tags."""
        conversations: list[list[Turn]] = []
        choices: list[Choice] = []
        place = 0
        for dialogue in dialogues:
            turns: list[Turn] = []
            before: Mapping[str, str] = {}
            for exchange in dialogue:
                system = exchange.system if self._memory else None
                turns += [system, exchange.user] if system else [exchange.user]
                place += 2 if system else 1
                found = candidates_of(exchange.user, system, self._kinds)
                last = place - 2 if system else None
                choices.append(Choice(place - 1, last, found, before, exchange.goal))
                before = exchange.goal
            conversations += [turns] if self._memory else [[turn] for turn in turns]
        return collate([self._coder.conversation(turns) for turns in conversations]), choices

    def measure(self, model: GoalModel) -> dict[str, float]:
        """Joint goals and slots decide."""
        figures = self.figures(model, self._kinds.dev)
        return {**figures, "score": figures["joint_goal"] + figures["slots_later_f1"]}

    @torch.no_grad()
    def figures(self, model: GoalModel, dialogues: Sequence[Dialogue]) -> dict[str, float]:
        """Joint goal accuracy, and F1 of slots and of tags on first and later turns."""
        tally = Tally(carries=self._memory)
        for group in _grouped(list(dialogues), 64):
            tagged = self._tagged(model, group)
            chosen = iter(self._chosen(model, tagged))
            for dialogue, guessed in zip(group, tagged, strict=True):
                tally.dialogue(dialogue, guessed, [next(chosen) for _ in dialogue])
        return tally.figures(tags=len(self._coder.labels.tags) > 1)

    def _tagged(self, model: GoalModel, dialogues: Sequence[Dialogue]) -> list[Dialogue]:
        """The dialogues with the model's tags in place of the labels."""
        chain, labels = chain_of(model.joint), self._coder.labels
        if len(labels.tags) == 1:
            return list(dialogues)
        batch = self._encoded(dialogues)[0].to(next(model.parameters()).device)
        output, _ = model(batch.pieces, batch.mask, batch.history, batch.of_user)
        scores = at_words(output.tags, batch.first).float().cpu().numpy()
        rows = iter(scores)

        def tagged(turn: Turn | None) -> Turn | None:
            if turn is None:
                return None
            if not turn.of_user and not self._memory:
                return replace(turn, tags=None)
            found = best_tags(np.asarray(next(rows))[: len(turn.words)], chain)
            return replace(turn, tags=tuple(labels.tags[tag] for tag in found))

        return [
            [replace(e, system=tagged(e.system), user=tagged(e.user) or e.user) for e in dialogue]
            for dialogue in dialogues
        ]

    def _chosen(self, model: GoalModel, dialogues: Sequence[Dialogue]) -> Iterator[list[Candidate]]:
        """What each user turn brings in: the best candidate of each slot, if it beats none."""
        batch, choices = self._encoded(dialogues)
        batch = batch.to(next(model.parameters()).device)
        output, states = model(batch.pieces, batch.mask, batch.history, batch.of_user)
        candidates = self._candidates(choices, batch).to(batch.pieces.device)
        scores = iter(model.scores(output, states, batch.first, candidates).tolist())
        for choice in choices:
            best: dict[str, tuple[float, Candidate]] = {}
            for candidate in choice.candidates:
                score = next(scores)
                if score > best.get(candidate.slot, (0.0, candidate))[0]:
                    best[candidate.slot] = (score, candidate)
            yield [candidate for _, candidate in best.values()]


class Tally:
    """Counts right goals, and hits among slots and tags on first and later turns."""

    def __init__(self, *, carries: bool) -> None:
        self._carries = carries
        self._turns = self._right = self._by_rule = 0
        self._counts = {name: [0, 0, 0] for name in _COUNTED}

    def dialogue(
        self, gold: Dialogue, guessed: Dialogue, chosen: Sequence[list[Candidate]]
    ) -> None:
        """Count one dialogue: hits, predictions and truths."""
        goal: dict[str, str] = {}
        kept: dict[str, str] = {}
        for place, (truth, guess, taken) in enumerate(zip(gold, guessed, chosen, strict=True)):
            kept = updated(kept, taken)
            goal = kept if self._carries else updated({}, taken)
            self._turns += 1
            self._right += same(goal, truth.goal)
            self._by_rule += same(kept, truth.goal)
            when = "later" if place else "first"
            self._count(f"slots_{when}", pairs(goal), pairs(truth.goal))
            found, right = (set(spans_of(turn.tags or ())) for turn in (guess.user, truth.user))
            self._count(f"tags_{when}", found, right)

    def _count(self, name: str, found: AbstractSet[object], right: AbstractSet[object]) -> None:
        for place, number in enumerate((len(found & right), len(found), len(right))):
            self._counts[name][place] += number

    def figures(self, *, tags: bool) -> dict[str, float]:
        """`joint_goal_by_rule` keeps every slot until it is replaced, memory or not."""
        return {
            "joint_goal": self._right / max(1, self._turns),
            "joint_goal_by_rule": self._by_rule / max(1, self._turns),
            **{f"{name}_f1": f1(*self._counts[name]) for name in _COUNTED[: 4 if tags else 2]},
        }


_COUNTED = ("slots_first", "slots_later", "tags_first", "tags_later")


def _flat(dialogue: Dialogue) -> tuple[Turn, ...]:
    return tuple(turn for e in dialogue for turn in (e.system, e.user) if turn is not None)


def _grouped(dialogues: list[Dialogue], size: int) -> Iterator[list[Dialogue]]:
    group: list[Dialogue] = []
    for dialogue in dialogues:
        group.append(dialogue)
        if sum(2 * len(d) for d in group) >= size:
            yield group
            group = []
    if group:
        yield group
