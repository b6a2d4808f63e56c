"""The enrollment service: enroll, drop and swap, each one transaction with its audit entries."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from knowledge.errors import ClassChoiceInvalid, NotEnrolled, QuadError, UnitLimitExceeded
from knowledge.model.courses import Section
from knowledge.model.students import Enrollment, Petition, Status
from knowledge.registrar.cases import Cases
from knowledge.registrar.rules import (
    Case,
    Taken,
    Wish,
    judge,
    judge_drop,
    leaves_mark,
    linked_of,
    problems,
)
from knowledge.registrar.rules.judging import needs_permission
from knowledge.registrar.rules.workload import current_units
from knowledge.registrar.trail import note_change
from knowledge.registrar.waiting import Waitlists
from knowledge.storage.unit_of_work import Work


@dataclass(frozen=True)
class Dropped:
    """What was given up, and whether it left a W on the transcript."""

    enrollment: Enrollment
    withdrawn: bool = False


@dataclass(frozen=True)
class Registrar:
    """Applies the rules inside one transaction `work`; `actor` stands in the audit log.

    Locks are always taken in one order, against deadlocks: the student, then sections by number.
    """

    work: Work
    today: date
    actor: str

    def enroll(self, suid: str, class_id: int, wish: Wish) -> Enrollment | Petition:
        """Give a seat, or a place on the waitlist if accepted; raise the fact against it.

        With `wish.petition`, units above the cap become a petition, which is returned instead.
        """
        self._hold(suid, class_id)
        case = self._case(suid, class_id, wish)
        try:
            status = judge(case)
        except UnitLimitExceeded as error:
            if not wish.petition or not error.petition_up_to:
                raise
            return self._petition(case)
        self._add(case, status)
        return self._enrollment(suid, class_id)

    def drop(self, suid: str, class_id: int, withdraw: bool = False) -> Dropped:
        """Give up a seat or a waitlist place; a freed seat goes to the first who may take it.

        After the drop deadline only with `withdraw`, which leaves a W.
        """
        self._hold(suid, class_id)
        enrollment = self._enrollment(suid, class_id)
        taken = Cases(self.work, self.today).taken_of(enrollment)
        dates = self.work.catalogue.dates(enrollment.term)
        judge_drop(taken, dates, self.today, withdraw)
        marked = leaves_mark(taken, dates, self.today)
        if marked:
            self.work.students.withdraw(enrollment, suid, self.today)
        self._remove(suid, enrollment, "withdraw" if marked else "drop")
        return Dropped(enrollment, marked)

    def swap(self, suid: str, drop_class_id: int, add_class_id: int, wish: Wish) -> Enrollment:
        """Give up one section for another of the same term, or raise and leave both as they are.

        The same course may also be moved to another term, and a lecture's lab be changed.
        """
        self._hold(suid, drop_class_id, add_class_id)
        given_up = self._enrollment(suid, drop_class_id)
        taken = Cases(self.work, self.today).taken_of(given_up)
        case = self._case(suid, add_class_id, wish)
        if not _swappable(case, taken):
            raise ClassChoiceInvalid(drop_class_id, add_class_id)
        judge_drop(taken, self.work.catalogue.dates(given_up.term), self.today)
        rest = tuple(t for t in case.taken if t.section.class_id != drop_class_id)
        case = self._freed(replace(case, taken=rest), taken)
        status = judge(case)
        self._remove(suid, given_up, "drop", promote=False)
        self._add(case, status)
        # Only now: the student's own seat must not be given away before the new one is taken.
        self._fill(given_up)
        return self._enrollment(suid, add_class_id)

    def reasons_against(self, suid: str, class_id: int) -> list[QuadError]:
        """Every fact against enrolling, a full section included; empty when nothing stands."""
        wish = Wish(accept_waitlist=True)
        return list(problems(Cases(self.work, self.today).case(suid, class_id, wish)))

    def promote_waitlist(self, class_id: int) -> int:
        """Fill free seats in waitlist order; how many moved up."""
        return Waitlists(self.work, self.today, self.actor).promote(class_id)

    def _hold(self, suid: str, *class_ids: int) -> None:
        self.work.students.get(suid, lock=True)
        children = [c.class_id for i in class_ids for c in self.work.catalogue.children(i)]
        self.work.catalogue.lock_sections([*class_ids, *children])

    def _case(self, suid: str, class_id: int, wish: Wish) -> Case:
        """The case, after those who wait have had what may have become free by the calendar."""
        case = Cases(self.work, self.today).case(suid, class_id, wish)
        if case.section.waitlisted and case.section.seats_left and self.promote_waitlist(class_id):
            case = Cases(self.work, self.today).case(suid, class_id, wish)
        return case

    def _freed(self, case: Case, given_up: Taken) -> Case:
        """The seats that a swap within one lecture gives back: its own, and that of the lab."""
        if given_up.status is not Status.ENROLLED:
            return case
        back = {s.class_id for s in (given_up.section, given_up.linked) if s is not None}
        children = tuple(_less_one(child, back) for child in case.children)
        section = _less_one(case.section, back)
        if section is not case.section:
            section = replace(section, waitlisted=0)  # nobody waits for the seat one already has
        return replace(case, section=section, children=children)

    def _enrollment(self, suid: str, class_id: int) -> Enrollment:
        found = self.work.students.enrollment(suid, class_id)
        if found is None:
            raise NotEnrolled(class_id, str(self.work.catalogue.listed(class_id).code))
        return found

    def _add(self, case: Case, status: Status) -> None:
        suid, section, wish = case.student.suid, case.section, case.wish
        units, grading = wish.units_for(case.course), wish.grading_for(case.course)
        linked = linked_of(case)
        linked_id = linked.class_id if linked is not None else None
        self.work.students.add_enrollment(suid, section, units, grading, status, linked_id)
        if wish.permission is not None and needs_permission(case):
            self.work.exceptions.use(wish.permission, suid)
        details = {"units": units, "grading": grading, "linked_class_id": linked_id}
        self._note("enroll", suid, section.class_id, None, status, **details)

    def _remove(self, suid: str, enrollment: Enrollment, act: str, *, promote: bool = True) -> None:
        self.work.students.remove_enrollment(suid, enrollment.class_id)
        self._note(act, suid, enrollment.class_id, enrollment.status, None)
        if promote:
            self._fill(enrollment)

    def _fill(self, freed: Enrollment) -> None:
        if freed.status is Status.ENROLLED:
            self.promote_waitlist(freed.class_id)

    def _petition(self, case: Case) -> Petition:
        suid, term = case.student.suid, case.section.term
        units = current_units(case) + case.wish.units_for(case.course)
        petition = self.work.exceptions.file(suid, term, units)
        facts = {"term": str(term), "units": units, "decision": petition.decision.value}
        self.work.audit.note(
            self.actor, "file-petition", "petitions", str(petition.petition_id), None, facts
        )
        return petition

    def _note(
        self, act: str, suid: str, class_id: int, before: Status | None, after: Status | None,
        **details: object,
    ) -> None:  # fmt: skip
        note_change(self.work.audit, self.actor, act, suid, class_id, before, after, **details)


def _less_one(section: Section, back: set[int]) -> Section:
    free = section.class_id in back
    return replace(section, enrolled=section.enrolled - 1) if free else section


def _swappable(case: Case, given_up: Taken) -> bool:
    """Two sections of one term, one course moved to another term, or another lab."""
    if case.section.class_id == given_up.section.class_id:
        lab, seated = given_up.linked, given_up.status is Status.ENROLLED
        return seated and lab is not None and case.wish.linked not in (None, lab.class_id)
    same_course = case.course.course_id == given_up.course.course_id
    return case.section.term == given_up.section.term or same_course
