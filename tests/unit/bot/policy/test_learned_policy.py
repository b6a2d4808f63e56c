"""The served side: as the trained network, within the mask whatever the weights, and quick."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as some
from noisy_task import NoisyTask
from safetensors.numpy import load_file, save_file

from bot.dialogue.acts import ON_RECORD, Act
from bot.dialogue.decide import candidates, first_missing
from bot.dialogue.state import DialogueState, Filled, Goal, GoalKind
from bot.policy import factory
from bot.policy.agents import Agent, Decision, RuleAgent
from bot.policy.factory import UnknownAgent, WeightsUnfit, agent_of, read, served
from bot.policy.features import CHOICES, encode
from bot.policy.learned import LearnedAgent, Perceptron, Recalling, Recurrent
from bot.policy.learning.network import ActorCritic, DuelingNetwork
from bot.policy.learning.saving import save, scorer_of
from bot.policy.learning.supervised import StoryNetwork, story_of, windows_of

MEMORY = 3
SEEDS = some.integers(0, 10_000)


def decisions(count: int = 30, noise: float = 0.5) -> list[Decision]:
    played = [NoisyTask().play(seed, noise, Last()) for seed in range(count)]
    return [step.decision for episode in played for step in episode.steps]


class Last:
    """Chooses what is offered last: long dialogues."""

    def choose(self, decision: Decision) -> Act:
        return decision.candidates[-1]


def network(kind: str, seed: int = 0) -> torch.nn.Module:
    torch.manual_seed(seed)
    made = {"dqn": DuelingNetwork, "pg": ActorCritic, "supervised": StoryNetwork}[kind]()
    if kind != "supervised":
        made.fit(torch.from_numpy(np.stack([encode(each) for each in decisions(10)])))
    return made


def weights(folder: Path, kind: str, seed: int = 0) -> Path:
    return save(network(kind, seed), folder / kind, MEMORY if kind == "supervised" else 0)


@pytest.mark.parametrize("kind", ["dqn", "pg"])
def test_numpy_and_torch_agree(tmp_path: Path, kind: str) -> None:
    scorer = read(weights(tmp_path, kind))
    assert isinstance(scorer, Perceptron)
    for each in decisions():
        with torch.no_grad():
            expected = network(kind)(torch.from_numpy(encode(each))[None])[0].numpy()
        assert scorer.outputs(encode(each)) == pytest.approx(expected, abs=1e-5)


def test_the_recurrent_one_agrees_over_whole_dialogues(tmp_path: Path) -> None:
    scorer = read(weights(tmp_path, "supervised"))
    assert isinstance(scorer, Recurrent)
    listening = Listening(scorer)
    episode = NoisyTask().play(4, 0.6, Recalling(listening, MEMORY))
    assert len(episode.steps) > MEMORY
    windows = windows_of([story_of(episode.steps)], MEMORY)
    with torch.no_grad():
        expected = network("supervised")(windows.rows, windows.lengths)
    for heard, row, step in zip(listening.heard, expected, episode.steps, strict=True):
        places = [list(Act).index(act) for act in step.decision.candidates]
        assert heard == pytest.approx(row[places].numpy(), abs=1e-5)


class Listening:
    """Chooses what is offered last, and keeps the numbers a policy would have given."""

    def __init__(self, scorer: Recurrent) -> None:
        self.scorer, self.heard = scorer, []

    def choose(self, decision: Decision) -> Act:
        self.heard.append(self.scorer.scores(decision))
        return decision.candidates[-1]


def filled(wild: np.random.Generator, value: object) -> Filled | None:
    if wild.random() < 0.3:
        return None
    return Filled(value, 1, wild.random() < 0.2, float(wild.random()))


def wild_state(seed: int) -> DialogueState:
    wild = np.random.default_rng(seed)
    kind = GoalKind(wild.choice([each.value for each in GoalKind]))
    said = {"code": "CS106A", "quarter": "Winter", "year": 2019, "drop_code": "ECON1"}
    slots = {slot: filled(wild, value) for slot, value in said.items()}
    goal = Goal(kind, "m:0", {s: f for s, f in slots.items() if f}, float(wild.random()))
    heard = {
        "intent": kind.value,
        "confidence": float(wild.random()),
        "ranking": [],
        "mentions": [],
    }
    state = DialogueState(turn=2, message_id="m", goals=(goal,), heard=heard)
    act = wild.choice([Act.ENROLL, Act.DROP, Act.SWAP, Act.CONFIRM, Act.SEARCH, Act.UNDO])
    return replace(state, act=str(act))


@settings(max_examples=150, deadline=None)
@given(SEEDS, SEEDS, some.sampled_from(["dqn", "pg", "supervised"]), some.floats(0.01, 1000))
def test_whatever_the_weights_nothing_incomplete_or_guessed_is_acted_on(
    of_state: int, of_weights: int, kind: str, size: float
) -> None:
    state = wild_state(of_state)
    made = network(kind, of_weights)
    with torch.no_grad():
        for each in made.parameters():
            each.mul_(size)
    agent = LearnedAgent(scorer_of(made, MEMORY if kind == "supervised" else 0))
    decision = Decision(state, (), candidates(state, (), "m"))
    act = agent.choose(decision)
    assert act in decision.candidates
    if act in ON_RECORD:
        assert state.goal is not None
        assert first_missing(state.goal) is None
        assert not state.goal.guesses


def test_numbers_that_are_none_leave_the_choice_to_the_rules(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = weights(tmp_path, "dqn")
    broken = {name: np.full_like(value, np.nan) for name, value in load_file(path).items()}
    agent = LearnedAgent(Perceptron(broken))
    several = next(each for each in decisions() if len(each.candidates) > 1)
    assert agent.choose(several) is several.candidates[0]
    assert "the rules choose" in caplog.text


def test_in_doubt_the_rules_are_right(tmp_path: Path) -> None:
    path = save(network("dqn"), tmp_path / "dqn", benefit=100.0)
    agent = LearnedAgent(read(path))
    assert all(agent.choose(each) is each.candidates[0] for each in decisions())


def test_an_act_a_network_does_not_know_is_not_chosen(tmp_path: Path) -> None:
    agent = LearnedAgent(read(weights(tmp_path, "dqn")))
    several = next(each for each in decisions() if len(each.candidates) > 1)
    odd = replace(several, candidates=(*several.candidates, Act.TIMETABLE))
    assert Act.TIMETABLE not in CHOICES
    assert agent.choose(odd) is not Act.TIMETABLE


@pytest.mark.parametrize("spoil", ["missing", "garbage", "signature", "lacking"])
def test_weights_that_do_not_fit(
    tmp_path: Path, spoil: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = weights(tmp_path, "dqn")
    if spoil == "missing":
        path.unlink()
    elif spoil == "garbage":
        path.write_bytes(b"no weights at all")
    elif spoil == "signature":
        save_file(load_file(path), path, {"signature": "0-of-old", "form": "perceptron"})
    else:
        kept = {n: v for n, v in load_file(path).items() if not n.startswith("advantage")}
        save_file(kept, path, {"signature": factory.SIGNATURE, "form": "perceptron"})
    with pytest.raises(WeightsUnfit) as told:
        agent_of("dqn", tmp_path)
    assert str(path) in str(told.value)
    assert isinstance(served("dqn", tmp_path), RuleAgent)
    assert "the rules choose" in caplog.text


def test_an_unknown_agent_is_refused() -> None:
    with pytest.raises(UnknownAgent, match="rule, dqn, pg, supervised"):
        served("oracle")
    assert isinstance(agent_of("rule"), RuleAgent)
    assert (factory.WEIGHTS.parent / "factory.py").exists()


@pytest.mark.parametrize("kind", ["dqn", "supervised"])
def test_it_loads_and_chooses_in_time(tmp_path: Path, kind: str) -> None:
    path = weights(tmp_path, kind)
    points = [each for each in decisions() if len(each.candidates) > 1]
    begun = time.perf_counter()
    agent: Agent = LearnedAgent(read(path))
    assert time.perf_counter() - begun < 1.0
    taken = []
    for each in points:
        begun = time.perf_counter()
        agent.choose(each)
        taken.append(time.perf_counter() - begun)
    assert np.median(taken) < 0.003


def test_the_bot_needs_no_torch_for_it(tmp_path: Path) -> None:
    weights(tmp_path, "dqn")
    code = (
        "import sys; from pathlib import Path; from bot.policy.factory import agent_of;"
        f"agent_of('dqn', Path({str(tmp_path)!r})); sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_past_ends_where_the_next_conversation_begins() -> None:
    seen: list[int] = []

    class Counting(RuleAgent):
        def choose(self, decision: Decision) -> Act:
            seen.append(len(decision.past))
            return decision.candidates[-1]

    agent = Recalling(Counting(), 8)
    first, second = (NoisyTask().play(seed, 0.5, agent) for seed in (1, 2))
    lengths = [*range(len(first.steps)), *range(len(second.steps))]
    assert seen == [min(length, 9) for length in lengths]
