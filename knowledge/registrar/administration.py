"""What admins may change about people and seats: every act is audited with its actor."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from knowledge.model.students import Decision, PermissionNumber, Petition, Student
from knowledge.registrar.rules.readiness import LIFTABLE
from knowledge.registrar.waiting import Waitlists
from knowledge.storage.sections import SectionEditor
from knowledge.storage.unit_of_work import Work

_USUAL_LIFTS = frozenset({"consent-required", "prerequisite-missing"})


@dataclass(frozen=True)
class Administration:
    """Admin acts inside one transaction."""

    work: Work
    today: date
    actor: str

    def put_student(self, student: Student) -> bool:
        """Add a student or replace the record; True when the number was new."""
        before = self.work.students.find(student.suid)
        self.work.students.put(student)
        facts = student_facts(before) if before else None
        self._note("put-student", "students", student.suid, facts, student_facts(student))
        return before is None

    def set_capacity(self, class_id: int, capacity: int) -> int:
        """Change a section's seats; a raised capacity promotes the waitlist. Returns how many."""
        lecture = self.work.catalogue.hold_family(class_id)
        before = SectionEditor(self.work.session).set_capacity(class_id, capacity)
        was, now = {"capacity": before}, {"capacity": capacity}
        self._note("set-capacity", "sections", str(class_id), was, now)
        return Waitlists(self.work, self.today, self.actor).promote(lecture)

    def give_permission(
        self,
        class_id: int,
        lifts: frozenset[str] = _USUAL_LIFTS,
        suid: str | None = None,
        expires: date | None = None,
    ) -> PermissionNumber:
        """A new single-use number for a section; only what is liftable is lifted."""
        self.work.catalogue.listed(class_id)
        digits = f"{secrets.randbelow(10**8):08d}"
        number = PermissionNumber(digits, class_id, lifts & LIFTABLE, suid, expires)
        self.work.exceptions.give(number)
        facts = {"class_id": class_id, "lifts": sorted(number.lifts), "suid": suid}
        self._note("give-permission", "permission_numbers", digits, None, facts)
        return number

    def decide_petition(self, petition_id: int, decision: Decision) -> Petition:
        """Approve or deny a petition; raise UnknownPetition. Returns it as it was."""
        before = self.work.exceptions.decide(petition_id, decision)
        was, now = {"decision": before.decision.value}, {"decision": decision.value}
        self._note("decide-petition", "petitions", str(petition_id), was, now)
        return before

    def _note(
        self,
        act: str,
        table: str,
        key: str,
        before: Mapping[str, object] | None,
        after: Mapping[str, object] | None,
    ) -> None:
        self.work.audit.note(
            self.actor, act, table, key, dict(before) if before else None, dict(after or {})
        )


def student_facts(student: Student) -> dict[str, object]:
    """A student's record as the audit log keeps it."""
    return {
        "name": student.name,
        "programme": student.programme,
        "completed": "all" if student.completed_all else sorted(map(str, student.completed)),
        "max_units": student.max_units,
        "holds": list(student.holds),
        "window": [day.isoformat() for day in student.window] if student.window else None,
        "groups": sorted(student.groups),
    }
