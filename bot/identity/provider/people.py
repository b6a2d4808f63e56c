"""Whom one can be at the development provider: the sample students, an admin and a rater."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from fastapi import Request

from bot.identity.addresses import address_of
from knowledge.model.students import Role, Student
from knowledge.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Account:
    """Somebody to sign in as; `claims` is what the provider says of them."""

    key: str  # what the page's button sends
    label: str
    note: str
    claims: dict[str, Any]
    staff: bool = False


def accounts(units: UnitOfWork, role_claim: str, request: Request) -> list[Account]:
    """Everybody who is offered; staff only to browsers on this very machine."""
    with units.read() as work:
        students = [_student(each) for each in work.students.all(sign_in_only=True)]
    staff = [_staff(Role.ADMIN, role_claim), _staff(Role.RATER, role_claim)]
    return [*students, *(staff if _on_this_machine(request) else ())]


def _student(student: Student) -> Account:
    # As at universities: the subject is opaque, the student number a claim of its own.
    opaque = hashlib.blake2b(student.suid.encode(), digest_size=10).hexdigest()
    claims = {"sub": opaque, "suid": student.suid, "name": student.name}
    label = f"{student.name}, {student.suid}"
    return Account(f"student-{student.suid}", label, student.programme, claims)


def _staff(role: Role, role_claim: str) -> Account:
    name = f"Development {role.value}"
    claims = {"sub": f"dev.{role.value}", "name": name, role_claim: role.value}
    notes = {Role.ADMIN: "may change courses and records", Role.RATER: "may rate and label"}
    return Account(f"staff-{role.value}", name, notes[role], claims, staff=True)


def _on_this_machine(request: Request) -> bool:
    peer = request.client.host if request.client else None
    return address_of(peer, request.headers.get("X-Forwarded-For")).own
