"""The enrollment service: enroll, drop and swap, each one transaction with its audit entries."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from knowledge.errors import ClassChoiceInvalid, NotEnrolled, QuadError
from knowledge.model.courses import Grading, Section
from knowledge.model.students import Enrollment, Status
from knowledge.model.terms import TermDates
from knowledge.registrar.rules import Case, Taken, Wish, judge, judge_drop, problems
from knowledge.storage.orm import EnrollmentRow
from knowledge.storage.unit_of_work import Work


@dataclass(frozen=True)
class Dropped:
    """What was given up."""

    enrollment: Enrollment


@dataclass(frozen=True)
class Registrar:
    """Applies the rules inside one transaction `work`; `actor` stands in the audit log."""

    work: Work
    today: date
    actor: str

    def enroll(self, suid: str, class_id: int, wish: Wish) -> Enrollment:
        """Give a seat, or a place on the waitlist if accepted; raise the fact against it."""
        self.work.students.get(suid, lock=True)
        self.work.catalogue.lock_sections([class_id])
        case = self.case(suid, class_id, wish)
        status = judge(case)
        self._add(case, suid, status)
        return self._enrollment(suid, class_id)

    def drop(self, suid: str, class_id: int) -> Dropped:
        """Give up a seat or a waitlist place; a freed seat goes to the first who may take it."""
        self.work.students.get(suid, lock=True)
        self.work.catalogue.lock_sections([class_id])
        enrollment = self._enrollment(suid, class_id)
        taken = self._taken_in(suid, class_id)
        judge_drop(taken, self._dates(taken.section), self.today)
        self._remove(suid, enrollment)
        return Dropped(enrollment)

    def swap(self, suid: str, drop_class_id: int, add_class_id: int, wish: Wish) -> Enrollment:
        """Give up one section for another of the same term, or raise and leave both as they are."""
        self.work.students.get(suid, lock=True)
        self.work.catalogue.lock_sections([drop_class_id, add_class_id])
        given_up = self._enrollment(suid, drop_class_id)
        taken = self._taken_in(suid, drop_class_id)
        wanted = self.work.catalogue.section(add_class_id)
        if drop_class_id == add_class_id or wanted.term != taken.section.term:
            raise ClassChoiceInvalid(drop_class_id, add_class_id)
        judge_drop(taken, self._dates(taken.section), self.today)
        case = self.case(suid, add_class_id, wish)
        rest = tuple(t for t in case.taken if t.section.class_id != drop_class_id)
        status = judge(replace(case, taken=rest))
        self._remove(suid, given_up)
        self._add(case, suid, status)
        return self._enrollment(suid, add_class_id)

    def reasons_against(self, suid: str, class_id: int) -> list[QuadError]:
        """Every fact against enrolling, a full section included; empty when nothing stands."""
        case = self.case(suid, class_id, Wish(accept_waitlist=True))
        return list(problems(case))

    def case(self, suid: str, class_id: int, wish: Wish) -> Case:
        """All a judgement needs, as this transaction sees it."""
        section = self.work.catalogue.section(class_id)
        course = self.work.catalogue.course_of(section)
        student, dates = self.work.students.get(suid), self._dates(section)
        return Case(student, section, course, dates, self._taken(suid), self.today, wish)

    def promote_waitlist(self, class_id: int) -> int:
        """Fill free seats in waitlist order, passing over students whom a rule now stops."""
        promoted = 0
        for row in self.work.students.waitlist(class_id):
            if self.work.catalogue.section(class_id).seats_left == 0:
                break
            if self._may_move_up(row):
                self.work.students.promote(row)
                self._note("promote", row.suid, class_id, Status.WAITLISTED, Status.ENROLLED)
                promoted += 1
        return promoted

    def _may_move_up(self, row: EnrollmentRow) -> bool:
        case = self.case(row.suid, row.class_id, Wish(units=row.units))
        others = tuple(t for t in case.taken if t.section.class_id != row.class_id)
        # The window was judged when the place was taken; only clashes and units can be new.
        open_window = replace(case.student, window=(self.today, self.today), holds=())
        alone = replace(case, taken=others, student=replace(open_window, completed_all=True))
        section = replace(case.section, waitlisted=0)
        return not any(True for _ in problems(replace(alone, section=section)))

    def _taken(self, suid: str) -> tuple[Taken, ...]:
        taken = []
        for enrollment in self.work.students.enrollments(suid):
            section = self.work.catalogue.section(enrollment.class_id)
            course = self.work.catalogue.course_of(section)
            taken.append(Taken(section, course, enrollment.status, enrollment.units))
        return tuple(taken)

    def _taken_in(self, suid: str, class_id: int) -> Taken:
        return next(t for t in self._taken(suid) if t.section.class_id == class_id)

    def _dates(self, section: Section) -> TermDates:
        dates = self.work.catalogue.calendar().find(section.term)
        if dates is None:  # sections refer to terms by foreign key
            raise LookupError(section.term)
        return dates

    def _enrollment(self, suid: str, class_id: int) -> Enrollment:
        for enrollment in self.work.students.enrollments(suid):
            if enrollment.class_id == class_id:
                return enrollment
        raise NotEnrolled(class_id, str(self.work.catalogue.section(class_id).code))

    def _add(self, case: Case, suid: str, status: Status) -> None:
        units, grading = case.wish.units_for(case.course), case.wish.grading_for(case.course)
        self.work.students.add_enrollment(suid, case.section.class_id, units, grading, status)
        self._note("enroll", suid, case.section.class_id, None, status, units, grading)

    def _remove(self, suid: str, enrollment: Enrollment) -> None:
        self.work.students.remove_enrollment(suid, enrollment.class_id)
        self._note("drop", suid, enrollment.class_id, enrollment.status, None)
        if enrollment.status is Status.ENROLLED:
            self.promote_waitlist(enrollment.class_id)

    def _note(
        self,
        act: str,
        suid: str,
        class_id: int,
        before: Status | None,
        after: Status | None,
        units: int | None = None,
        grading: Grading | None = None,
    ) -> None:
        details = {"units": units, "grading": grading.value} if grading else {}
        self.work.audit.note(
            self.actor,
            act,
            "enrollments",
            f"{suid}/{class_id}",
            {"status": before.value} if before else None,
            {"status": after.value, **details} if after else None,
        )
