"""What a job tells the conversation it was started from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class JobEvent:
    """A step of a job: running (with its progress), done, or failed (with the error's slug)."""

    job_id: str
    skill: str
    conversation: str
    callback_token: str
    state: str
    progress: float = 0.0
    text: str = ""
    pictures: tuple[str, ...] = ()
    error: str = ""
    name: str = ""  # of the skill, as it is asked for
