"""Who a provider's claims speak for: students by number, admins and raters by the role claim."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from knowledge.errors import InvalidSuid, NotPermitted
from knowledge.model.students import Principal, Role, normalise_suid

_NAME = 200
_SUBJECT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@:|+=\-]{0,79}")
# Of several roles the one that may do most; nothing else that a provider says makes a role.
_ROLES = (Role.ADMIN, Role.RATER, Role.STUDENT)


@dataclass(frozen=True)
class Person:
    """Somebody whom the provider has vouched for."""

    principal: Principal
    name: str

    @property
    def suid(self) -> str | None:
        """The student number, of students alone."""
        return self.principal.subject if self.principal.role is Role.STUDENT else None


def from_claims(claims: Mapping[str, Any], role_claim: str) -> Person:
    """The person of an ID token's claims; raise NotPermitted when they are no one of ours."""
    role = _role(claims.get(role_claim))
    subject = _suid(claims.get("suid")) if role is Role.STUDENT else _subject(claims.get("sub"))
    name = claims.get("name")
    shown = name if isinstance(name, str) and name.strip() else subject
    printable = "".join(each if each.isprintable() else " " for each in shown)
    return Person(Principal(subject, role), printable.strip()[:_NAME])


def _role(claim: Any) -> Role:
    """A student unless the claim says more; one word, or a list in which others may stand too."""
    if claim is None:
        return Role.STUDENT
    if isinstance(claim, str):
        found = [role for role in _ROLES if role.value == claim]
    elif isinstance(claim, list) and all(isinstance(each, str) for each in claim):
        found = [role for role in _ROLES if role.value in claim] or [Role.STUDENT]
    else:
        found = []
    if not found:
        raise NotPermitted
    return found[0]


def _suid(claim: Any) -> str:
    if not isinstance(claim, str):
        raise NotPermitted
    try:
        return normalise_suid(claim)
    except InvalidSuid as error:
        raise NotPermitted from error


def _subject(claim: Any) -> str:
    if not isinstance(claim, str) or not _SUBJECT.fullmatch(claim):
        raise NotPermitted
    return claim
