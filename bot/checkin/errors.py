"""What can go wrong when somebody checks in; each is told kindly on the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from knowledge.errors import QuadError


@dataclass(eq=False)
class ConsentMissing(QuadError):
    """Photos came without the consent that they need."""

    problem: ClassVar[str] = "consent-missing"
    status: ClassVar[int] = 422


@dataclass(eq=False)
class PhotosMissing(QuadError):
    """Another number of photos than is needed."""

    problem: ClassVar[str] = "photos-missing"
    status: ClassVar[int] = 422
    needed: int


@dataclass(eq=False)
class PhotosTooLarge(QuadError):
    """More bytes than are read."""

    problem: ClassVar[str] = "photos-too-large"
    status: ClassVar[int] = 413


@dataclass(eq=False)
class PhotoRefused(QuadError):
    """A photo that could not be encoded; `slug` is the job server's reason."""

    problem: ClassVar[str] = "photo-refused"
    status: ClassVar[int] = 422
    slug: str


@dataclass(eq=False)
class PhotosDiffer(QuadError):
    """Photos for one template that do not look like one person."""

    problem: ClassVar[str] = "photos-differ"
    status: ClassVar[int] = 422


@dataclass(eq=False)
class NotEnrolled(QuadError):
    """Nothing to compare with: no template, or one that can no longer be read."""

    problem: ClassVar[str] = "not-enrolled"
    status: ClassVar[int] = 409


@dataclass(eq=False)
class EncoderAway(QuadError):
    """The job server did not answer in time."""

    problem: ClassVar[str] = "encoder-away"
    status: ClassVar[int] = 503


@dataclass(eq=False)
class EncoderBusy(QuadError):
    """The job server has taken as many jobs as it takes."""

    problem: ClassVar[str] = "encoder-busy"
    status: ClassVar[int] = 503
