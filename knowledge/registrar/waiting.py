"""Waitlists: free seats go to those who wait, in their order.

Promotion holds the section's lock but not the record of the student who moves up. It need not: a
place on a waitlist already counts for units, hours and duplicates, so moving up changes none of
them, and whoever gives up the place must hold the same section. Only another discussion than the
one that was chosen has other hours: then the student is held too, against the usual order of locks,
and if two transactions wait for each other the database ends one, which is tried again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from knowledge.model.students import Status
from knowledge.registrar.cases import Cases
from knowledge.registrar.rules import Case, Wish, linked_of, problems
from knowledge.registrar.rules.seats import may_sit
from knowledge.registrar.trail import note_change
from knowledge.storage.orm import EnrollmentRow
from knowledge.storage.unit_of_work import Work


@dataclass(frozen=True)
class Waitlists:
    """Fills free seats within one transaction."""

    work: Work
    today: date
    actor: str

    def promote(self, class_id: int) -> int:
        """Fill free seats in order, passing over students whom a rule now stops; how many."""
        catalogue, promoted = self.work.catalogue, 0
        for row in self.work.students.waitlist(class_id):
            if catalogue.section(class_id).seats_left == 0:
                break
            case = self._alone(row)
            if not self._may_move_up(case):
                continue
            if self._linked_id(case) != row.linked_class_id:
                self.work.students.get(row.suid, lock=True)
                case = self._alone(row)
                if not self._may_move_up(case):
                    continue
            self._seat(row.suid, class_id, self._linked_id(case))
            promoted += 1
        return promoted

    def _seat(self, suid: str, class_id: int, linked: int | None) -> None:
        self.work.students.promote(suid, class_id, linked)
        seated, waiting = Status.ENROLLED, Status.WAITLISTED
        note_change(
            self.work.audit, self.actor, "promote", suid, class_id, waiting, seated,
            linked_class_id=linked,
        )  # fmt: skip

    @staticmethod
    def _linked_id(case: Case) -> int | None:
        linked = linked_of(case)
        return linked.class_id if linked is not None else None

    def _may_move_up(self, case: Case) -> bool:
        return may_sit(case) and not any(True for _ in problems(case))

    def _alone(self, row: EnrollmentRow) -> Case:
        """The waiting student's case without the place itself and without those behind it.

        Window, holds, consent and prerequisites were judged when the place was taken; only seats
        and what an admin has changed can stand against moving up.
        """
        linked = self._still_open(row.linked_class_id)
        wish = Wish(units=row.units, linked=linked)
        case = Cases(self.work, self.today).case(row.suid, row.class_id, wish)
        others = tuple(t for t in case.taken if t.section.class_id != row.class_id)
        always = (self.today, self.today)
        student = replace(case.student, window=always, holds=(), completed_all=True)
        section = replace(case.section, waitlisted=0, add_consent=False)
        return replace(case, taken=others, student=student, section=section)

    def _still_open(self, linked: int | None) -> int | None:
        """The discussion that was chosen, unless it has filled up: then any that fits will do."""
        if linked is None or self.work.catalogue.section(linked).seats_left == 0:
            return None
        return linked
