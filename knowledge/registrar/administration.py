"""What admins may change (command line now, /admin too): every act is audited with its actor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge.model.students import Student
from knowledge.registrar.enrollment import Registrar
from knowledge.storage.unit_of_work import Work


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
        facts = _facts(before) if before else None
        self.work.audit.note(
            self.actor, "put-student", "students", student.suid, facts, _facts(student)
        )
        return before is None

    def set_capacity(self, class_id: int, capacity: int) -> int:
        """Change a section's seats; a raised capacity promotes the waitlist. Returns how many."""
        self.work.catalogue.lock_sections([class_id])
        before = self.work.catalogue.set_capacity(class_id, capacity)
        self.work.session.flush()
        self.work.audit.note(
            self.actor,
            "set-capacity",
            "sections",
            str(class_id),
            {"capacity": before},
            {"capacity": capacity},
        )
        return Registrar(self.work, self.today, self.actor).promote_waitlist(class_id)


def _facts(student: Student) -> dict[str, object]:
    return {
        "completed": "all" if student.completed_all else sorted(map(str, student.completed)),
        "max_units": student.max_units,
        "holds": list(student.holds),
        "window": [day.isoformat() for day in student.window] if student.window else None,
    }
