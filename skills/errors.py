"""What can go wrong with a skill: one root, leaves named by fact, each with a stable slug."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


class SkillError(Exception):
    """Root of all of them."""

    slug: ClassVar[str] = "skill-failed"
    status: ClassVar[int] = 422


@dataclass(eq=False)
class UnknownSkill(SkillError):
    """No skill of that name."""

    slug: ClassVar[str] = "unknown-skill"
    status: ClassVar[int] = 404
    name: str


@dataclass(eq=False)
class UnknownJob(SkillError):
    """No job of that id, or one forgotten since."""

    slug: ClassVar[str] = "unknown-job"
    status: ClassVar[int] = 404
    job: str


@dataclass(eq=False)
class NotAnImage(SkillError):
    """Bytes that are no picture we can read."""

    slug: ClassVar[str] = "not-an-image"


@dataclass(eq=False)
class ImageTooLarge(SkillError):
    """More bytes or pixels than we decode."""

    slug: ClassVar[str] = "image-too-large"
    limit: int


@dataclass(eq=False)
class WrongNumberOfFiles(SkillError):
    """Fewer or more files than the skill takes."""

    slug: ClassVar[str] = "wrong-number-of-files"
    at_least: int
    at_most: int


@dataclass(eq=False)
class NoFaceFound(SkillError):
    """A picture in which no face was found (counted from 1)."""

    slug: ClassVar[str] = "no-face-found"
    number: int


@dataclass(eq=False)
class InputMissing(SkillError):
    """An upload that is not (any longer) there."""

    slug: ClassVar[str] = "input-missing"


@dataclass(eq=False)
class InvalidOption(SkillError):
    """An option of a skill with a value it cannot have."""

    slug: ClassVar[str] = "invalid-option"
    option: str


@dataclass(eq=False)
class DataLayoutInvalid(SkillError):
    """A data folder without the documented layout."""

    slug: ClassVar[str] = "data-layout-invalid"
    folder: str
    expected: str


@dataclass(eq=False)
class WeightsMissing(SkillError):
    """Weights that are not there, or not those of this network."""

    slug: ClassVar[str] = "weights-missing"
    path: str


@dataclass(eq=False)
class NotTrainable(SkillError):
    """A skill that has nothing to train or to score on data."""

    slug: ClassVar[str] = "not-trainable"
    name: str


@dataclass(eq=False)
class JobTimedOut(SkillError):
    """A job that took longer than allowed and was stopped."""

    slug: ClassVar[str] = "job-timed-out"


@dataclass(eq=False)
class JobCancelled(SkillError):
    """A job that its student stopped."""

    slug: ClassVar[str] = "job-cancelled"


@dataclass(eq=False)
class NotForYou(SkillError):
    """What only another part of Quad may ask the job server for."""

    slug: ClassVar[str] = "not-for-you"
    status: ClassVar[int] = 403


@dataclass(eq=False)
class WorkerDied(SkillError):
    """The worker ended in the middle of a job (memory, crash)."""

    slug: ClassVar[str] = "worker-died"


@dataclass(eq=False)
class QueueFull(SkillError):
    """More jobs waiting than we take."""

    slug: ClassVar[str] = "queue-full"
    status: ClassVar[int] = 429
