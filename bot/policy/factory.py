"""Which agent a name stands for, and whether its weights fit this bot."""

from __future__ import annotations

import logging
from pathlib import Path

from safetensors import SafetensorError, safe_open

from bot.policy.agents import Agent, RuleAgent
from bot.policy.features import SIGNATURE
from bot.policy.learned import LearnedAgent, Perceptron, Recurrent, Scorer

RULE, LEARNED = "rule", ("dqn", "pg", "supervised")
AGENTS = (RULE, *LEARNED)
WEIGHTS = Path(__file__).parent / "weights"
FILE = "policy.safetensors"
_LOG = logging.getLogger(__name__)


class UnknownAgent(ValueError):
    """No agent of that name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name!r} is none of {', '.join(AGENTS)}")
        self.name = name


class WeightsUnfit(Exception):
    """A weights file that is missing, broken, or made for other features."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.path, self.why = path, why


def agent_of(name: str, weights: Path = WEIGHTS) -> Agent:
    """The agent of that name; raise `UnknownAgent` or `WeightsUnfit`."""
    if name == RULE:
        return RuleAgent()
    if name not in LEARNED:
        raise UnknownAgent(name)
    return LearnedAgent(read(weights / name / FILE))


def served(name: str, weights: Path = WEIGHTS) -> Agent:
    """The same for the running bot: weights that do not fit leave the choices to the rules."""
    try:
        return agent_of(name, weights)
    except WeightsUnfit as unfit:
        _LOG.warning("the rules choose instead of %r: %s", name, unfit)
        return RuleAgent()


def read(path: Path) -> Scorer:
    """The policy in a weights file; raise `WeightsUnfit`."""
    try:
        with safe_open(path, framework="np") as file:
            about = file.metadata() or {}
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    except (OSError, SafetensorError) as error:
        raise WeightsUnfit(path, f"cannot be read ({error})") from error
    if about.get("signature") != SIGNATURE:
        raise WeightsUnfit(path, f"made for features {about.get('signature')}, not {SIGNATURE}")
    try:
        if about.get("form") == "recurrent":
            return Recurrent(tensors, int(about["memory"]), about["acts"].split())
        return Perceptron(tensors, float(about.get("benefit", 0.0)))
    except (KeyError, ValueError) as error:
        raise WeightsUnfit(path, f"lacks {error}") from error
