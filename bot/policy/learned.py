"""Learned policies as they are served: numpy on committed weights, no torch in the bot.

A policy gives a number to each candidate, and the highest wins; what the mask forbids never gets
one. Numbers that are none (a broken file) leave the choice to the rules, with a warning.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bot.dialogue.acts import Act
from bot.policy.agents import Agent, Decision, RuleAgent, Taken
from bot.policy.features import LAYOUT, Vector, choice, encode

Tensors = Mapping[str, NDArray[np.float32]]
MOST = 5.0  # a feature is never taken for more than so many spreads away from its mean
_LOG = logging.getLogger(__name__)


class Scorer(Protocol):
    """Numbers for the candidates of one decision."""

    memory: int  # how many earlier decisions it looks at

    def scores(self, decision: Decision) -> NDArray[np.float32]:
        """One number a candidate, in their order."""
        ...


class Perceptron:
    """The forward pass of `DuelingNetwork` and of `ActorCritic`'s preferences."""

    memory = 0

    def __init__(self, tensors: Tensors, benefit: float = 0.0) -> None:
        """`benefit` of the doubt: by how much confirming or asking again must beat the rules."""
        self._benefit = benefit
        self._mean, self._scale = tensors["trunk.mean"], tensors["trunk.scale"]
        self._layers = [_layer(tensors, name) for name in ("trunk.first", "trunk.second")]
        self._advantage = _layer(tensors, "advantage")
        self._value = _layer(tensors, "value") if "value.weight" in tensors else None

    def outputs(self, features: Vector) -> NDArray[np.float32]:
        """Q, or the preferences when there is no value: (CHOICES,)."""
        hidden = np.clip((features - self._mean) / self._scale, -MOST, MOST)
        for weight, bias in self._layers:
            hidden = np.maximum(weight @ hidden + bias, 0.0)
        advantage = self._advantage[0] @ hidden + self._advantage[1]
        if self._value is None:
            return np.asarray(advantage, dtype=np.float32)
        worth = self._value[0] @ hidden + self._value[1]  # (1,)
        return np.asarray(worth + advantage - advantage.mean(), dtype=np.float32)

    def scores(self, decision: Decision) -> NDArray[np.float32]:
        """One number a candidate; an act the network does not know never wins."""
        outputs = self.outputs(encode(decision))
        places = [choice(decision, act) for act in decision.candidates]
        known = [outputs[place] if place >= 0 else -np.inf for place in places]
        handicaps = [self._handicap(act) for act in decision.candidates[1:]]
        return np.array(known, dtype=np.float32) - np.array([0.0, *handicaps], dtype=np.float32)

    def _handicap(self, act: Act) -> float:
        """What was said already is asked for again only where that is clearly better; asking what
        was meant, which spares the student saying it all again, competes evenly.
        """
        return 0.0 if act is Act.ASK_MEANING else self._benefit


class Recurrent:
    """The forward pass of `StoryNetwork`: an LSTM over the last decisions of the dialogue."""

    def __init__(self, tensors: Tensors, memory: int, acts: Sequence[str]) -> None:
        """`acts`: the names of all acts the network knows, in its order."""
        self.memory, self._known = memory, tuple(acts)
        self._inwards = tensors["lstm.weight_ih_l0"], tensors["lstm.bias_ih_l0"]
        self._onwards = tensors["lstm.weight_hh_l0"], tensors["lstm.bias_hh_l0"]
        self._acts = _layer(tensors, "acts")

    def outputs(self, sequence: NDArray[np.float32]) -> NDArray[np.float32]:
        """(T, inputs) → a number for each known act after the last step, (acts,)."""
        width = self._onwards[0].shape[1]
        hidden = cell = np.zeros(width, dtype=np.float32)
        for step in sequence:
            gates = self._inwards[0] @ step + self._inwards[1]
            gates = gates + self._onwards[0] @ hidden + self._onwards[1]  # (4 * width,)
            take, keep, new, show = np.split(gates, 4)  # in torch's order
            cell = _share(keep) * cell + _share(take) * np.tanh(new)
            hidden = _share(show) * np.tanh(cell)
        return self._acts[0] @ hidden + self._acts[1]

    def scores(self, decision: Decision) -> NDArray[np.float32]:
        """One number a candidate; an act the network does not know never wins."""
        outputs = self.outputs(sequence(decision, self.memory, self._known))
        known = [
            outputs[self._known.index(act)] if act in self._known else -np.inf
            for act in decision.candidates
        ]
        return np.array(known, dtype=np.float32)


def sequence(decision: Decision, memory: int, acts: Sequence[str]) -> NDArray[np.float32]:
    """The last decisions and this one, each beside the act chosen before it, (T, OWN + acts)."""
    past = decision.past[-memory:] if memory else ()
    earlier = decision.past[-memory - 1].act if len(decision.past) > memory else None
    before: list[Act | None] = [earlier, *(taken.act for taken in past)]
    points = [*(taken.decision for taken in past), decision]
    return np.stack([row(point, act, acts) for point, act in zip(points, before, strict=True)])


def row(decision: Decision, before: Act | None, acts: Sequence[str]) -> Vector:
    """A decision without what the rules would do, and the act before it, (OWN + acts,)."""
    previous = np.array([name == before for name in acts], dtype=np.float32)
    return np.concatenate([encode(decision)[_OWN], previous])


_OWN = np.array([not name.startswith("rule_") for name in LAYOUT])
OWN = int(_OWN.sum())


class LearnedAgent:
    """Chooses the candidate with the highest number."""

    def __init__(self, scorer: Scorer, fallback: Agent | None = None) -> None:
        self._scorer = scorer
        self._fallback = fallback or RuleAgent()
        self.memory = scorer.memory

    def choose(self, decision: Decision) -> Act:
        """One of the candidates, whatever the weights are; the rules' when numbers are none."""
        if len(decision.candidates) == 1:
            return decision.candidates[0]
        scores = self._scorer.scores(decision)
        if np.isnan(scores).any():
            _LOG.warning("the policy's numbers are none; the rules choose")
            return self._fallback.choose(decision)
        return decision.candidates[int(scores.argmax())]


def memory_of(agent: Agent) -> int:
    """How many earlier decisions an agent looks at."""
    return int(getattr(agent, "memory", 0))


class Recalling:
    """Hands an agent its own past decisions, where one conversation follows another.

    The bot reads the past from Rasa's tracker instead (`bot.policy.component`).
    """

    def __init__(self, agent: Agent, memory: int) -> None:
        self._agent, self._memory = agent, memory
        self._past: list[Taken] = []

    def choose(self, decision: Decision) -> Act:
        """What the agent chooses, knowing what came before."""
        if self._past and _begins(decision, self._past[-1].decision):
            self._past = []
        act = self._agent.choose(
            Decision(
                decision.state, decision.executed, decision.candidates,
                tuple(self._past[-self._memory - 1 :]),
            )
        )  # fmt: skip
        self._past.append(Taken(decision, act))
        return act


def _begins(decision: Decision, last: Decision) -> bool:
    """Whether a decision cannot come after the last one in the same conversation."""
    here = decision.state.turn, len(decision.executed)
    return here <= (last.state.turn, len(last.executed))


def _layer(tensors: Tensors, name: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    return tensors[f"{name}.weight"], tensors[f"{name}.bias"]


def _share(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """The logistic function, without overflow."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * values)), dtype=np.float32)
