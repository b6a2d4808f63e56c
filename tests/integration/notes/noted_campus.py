"""A registrar with students who wait, and doors that remember what they said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from actions.texts import Texts
from bot.channels.reach import Reach, Reaches
from bot.notes.delivering import Deliverer
from bot.storage.database import DoorDatabase
from bot.storage.tables import NoteRow
from knowledge.admin.editing import Editor
from knowledge.admin.facts import Table
from knowledge.model.courses import Section
from knowledge.model.students import Principal, Role, Student
from knowledge.registrar.administration import Administration
from knowledge.registrar.enrollment import Registrar
from knowledge.registrar.rules import Wish
from knowledge.storage.unit_of_work import UnitOfWork

TODAY = date(2018, 11, 15)
SEATED, WAITING = "05910001", "05910002"


@dataclass
class FakeTeller:
    """Doors that work, fail for a while (`failures`), or are gone (`gone`)."""

    told: list[dict[str, Any]] = field(default_factory=list)
    kept: list[dict[str, Any]] = field(default_factory=list)
    failures: int = 0
    gone: bool = False

    async def tell(
        self, subject: str, door: str, address: Mapping[str, Any], note: Mapping[str, Any]
    ) -> bool:
        if self.failures:
            self.failures -= 1
            raise ConnectionError(door)
        if self.gone:
            return False
        self.told.append({"subject": subject, "door": door, "address": dict(address), **note})
        return True

    async def keep(self, subject: str, note: Mapping[str, Any]) -> None:
        self.kept.append({"subject": subject, **note})


@dataclass
class Campus:
    """What students and admins do, and where the notes of it go."""

    units: UnitOfWork
    doors: DoorDatabase
    teller: FakeTeller
    section: Section

    def deliverer(self, teller: FakeTeller | None = None) -> Deliverer:
        return Deliverer(DoorDatabase(self.units), Texts.read(), teller or self.teller)

    def seen(self, suid: str, door: str = "web") -> None:
        """The student writes through this door."""
        reach = Reach(door, {"conversation": f"of {suid}"})
        Reaches(self.doors).used(Principal(suid, Role.STUDENT), reach)

    def admit(self, suid: str, **record: Any) -> None:
        student = Student(suid, f"Student {suid}", "Undeclared", frozenset(), **record)
        with self.units.write() as work:
            Administration(work, TODAY, "admin:test").put_student(student)

    def enroll(self, suid: str, class_id: int | None = None) -> None:
        with self.units.write() as work:
            Registrar(work, TODAY, "service:actions").enroll(
                suid, class_id or self.section.class_id, Wish(accept_waitlist=True)
            )

    def drop(self, suid: str) -> None:
        with self.units.write() as work:
            Registrar(work, TODAY, "service:actions").drop(suid, self.section.class_id)

    def edit(self, table: Table, key: str, **changes: Any) -> None:
        with self.units.write() as work:
            editor = Editor(work, TODAY, "admin:test")
            editor.change(table, key, editor.state(table, key).version, changes)

    def rows(self) -> list[NoteRow]:
        with self.doors.units.read() as work:
            return list(work.session.query(NoteRow).order_by(NoteRow.audit_id, NoteRow.subject))

    def outcomes(self) -> list[str | None]:
        return [row.outcome for row in self.rows()]
