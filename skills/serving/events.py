"""What a job tells the conversation it was started from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class JobEvent:
    """A step of a job: running (with its progress), done, or failed (with the error's slug)."""

    job_id: str
    skill: str  # its title
    conversation: str
    state: str
    progress: float = 0.0
    image: str = ""  # the path of the newest picture while it runs, if it shows any
    text: str = ""
    pictures: tuple[str, ...] = ()
    error: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)  # of the error
    name: str = ""  # of the skill, as it is asked for
