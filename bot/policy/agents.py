"""Who chooses among the permitted acts: the one interface of rules and learned policies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.dialogue.acts import Act
from bot.dialogue.state import DialogueState


@dataclass(frozen=True)
class Decision:
    """A point at which an act must be chosen: the state, the acts executed since the student's last
    message, and the acts that `bot.dialogue.decide.candidates` permits, the rule's first.
    `past`: what was decided before in this conversation, the oldest first (for learned memory).
    """

    state: DialogueState
    executed: tuple[str, ...]
    candidates: tuple[Act, ...]
    past: tuple[Taken, ...] = ()


@dataclass(frozen=True)
class Taken:
    """A decision (without its own past) and the act that was chosen."""

    decision: Decision
    act: Act


class Agent(Protocol):
    """Chooses one of the candidates; never anything else."""

    def choose(self, decision: Decision) -> Act:
        """The next act."""
        ...


class RuleAgent:
    """The hand-written policy: asks for what is missing, acts on a complete frame."""

    def choose(self, decision: Decision) -> Act:
        """What the rules put first."""
        return decision.candidates[0]
