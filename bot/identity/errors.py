"""How signing in can fail, named by fact; the pages of `bot/web` say it kindly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from knowledge.errors import QuadError


@dataclass(eq=False)
class ProviderUnreachable(QuadError):
    """The university's sign-in cannot be reached, or does not say what it must."""

    problem: ClassVar[str] = "provider-unreachable"
    status: ClassVar[int] = 503
    reason: str


@dataclass(eq=False)
class ProviderDeclined(QuadError):
    """The provider sent the browser back without a sign-in: the person changed their mind."""

    problem: ClassVar[str] = "sign-in-declined"
    status: ClassVar[int] = 400
    reason: str = "declined"


@dataclass(eq=False)
class TokenRefused(QuadError):
    """An ID token that is not the provider's word about this sign-in; `reason` names the fault."""

    problem: ClassVar[str] = "sign-in-refused"
    status: ClassVar[int] = 401
    reason: str


@dataclass(eq=False)
class BeginAgain(QuadError):
    """A state that is made up, late, used before, or another browser's."""

    problem: ClassVar[str] = "sign-in-begin-again"
    status: ClassVar[int] = 400
    reason: str


@dataclass(eq=False)
class SignInNotSetUp(QuadError):
    """A public site without a provider: the development one is for the own machine alone."""

    problem: ClassVar[str] = "sign-in-not-set-up"
    status: ClassVar[int] = 503
