"""The seeded database: the contract's facts, the same each time, and made quickly."""

from __future__ import annotations

import random
import time
from collections import Counter
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from sqlalchemy import text

from knowledge.model.courses import Section
from knowledge.model.prerequisites import Record
from knowledge.model.schedule import clash
from knowledge.model.students import Status, Student, normalise_suid
from knowledge.model.terms import Quarter, Term
from knowledge.sample.load import prepare
from knowledge.sample.people import instructors
from knowledge.storage.unit_of_work import UnitOfWork, Work

LECTURE_DAY = date(2018, 11, 15)
_ALWAYS_ROOM = {"CS106A", "CS106B", "CS229", "CS230"}


@pytest.fixture(scope="module")
def work(catalogue: UnitOfWork):
    with catalogue.read() as reading:
        yield reading


@pytest.fixture(scope="module")
def sections(work: Work) -> list[Section]:
    return work.catalogue.sections()


@pytest.fixture(scope="module")
def crowd(work: Work) -> list[Student]:
    return work.students.all()


def _dump(units: UnitOfWork) -> dict[str, list[tuple[object, ...]]]:
    """Every table but the audit log, whose times are the real clock's."""
    with units.read() as work:
        names = work.session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'"))
        tables = [name for name in names if name not in ("audit_log", "sqlite_sequence")]
        return {
            name: [tuple(row) for row in work.session.execute(text(f"SELECT * FROM {name}"))]
            for name in tables
        }


def test_two_seedings_are_the_same_and_quick(catalogue: UnitOfWork, tmp_path: Path) -> None:
    other = UnitOfWork.at(f"sqlite:///{tmp_path / 'again.db'}")
    begun = time.process_time()
    assert prepare(other)
    assert time.process_time() - begun < 3
    assert _dump(other) == _dump(catalogue)
    other.close()


def test_a_filled_database_is_left_alone(units: UnitOfWork) -> None:
    before = _dump(units)
    assert not prepare(units)
    assert _dump(units) == before


def test_the_seeding_is_in_the_audit_log_and_no_link_is_broken(work: Work) -> None:
    assert work.audit.latest()[0].act == "seed"
    assert list(work.session.execute(text("PRAGMA foreign_key_check"))) == []


def test_class_ids_are_unique_and_of_five_digits(sections: list[Section]) -> None:
    assert len({s.class_id for s in sections}) == len(sections)
    assert all(10_000 <= s.class_id <= 99_999 for s in sections)


@pytest.mark.parametrize("term", [Term(Quarter.WINTER, 2019), Term(Quarter.SPRING, 2019)])
def test_on_the_lectures_day_winter_and_spring_are_open(work: Work, term: Term) -> None:
    dates = work.catalogue.calendar().find(term)
    assert dates is not None
    assert dates.is_open(LECTURE_DAY)


def test_on_the_lectures_day_autumn_runs_and_can_still_be_dropped(work: Work) -> None:
    calendar = work.catalogue.calendar()
    running = calendar.current(LECTURE_DAY)
    assert running is not None
    assert running.term == Term(Quarter.AUTUMN, 2018)
    assert not running.is_open(LECTURE_DAY)
    assert running.drop_by == date(2018, 11, 16)
    following = calendar.following(LECTURE_DAY)
    assert following is not None
    assert following.term == Term(Quarter.WINTER, 2019)


def test_in_autumn_2026_the_next_two_quarters_are_open(work: Work) -> None:
    calendar = work.catalogue.calendar()
    for quarter in (Quarter.WINTER, Quarter.SPRING):
        dates = calendar.upcoming(quarter, date(2026, 11, 23))
        assert dates is not None
        assert dates.term.year == 2027
        assert dates.is_open(date(2026, 11, 23))


def test_the_dates_of_a_term_are_in_order(work: Work) -> None:
    terms = work.catalogue.calendar().terms
    for dates in terms:
        assert dates.enroll_opens <= dates.starts < dates.enroll_closes < dates.drop_by, dates.term
        assert dates.drop_by < dates.ends, dates.term
        assert dates.starts.weekday() == 0, dates.term
    assert all(one.ends < other.starts for one, other in pairwise(terms))


def test_several_undergraduate_history_courses_run_in_spring_2019(work: Work) -> None:
    spring = work.catalogue.sections(term=Term(Quarter.SPRING, 2019))
    history = [s for s in spring if s.code.subject == "HISTORY"]
    levels = Counter(work.catalogue.course_of(s).level.value for s in history)
    assert levels["undergraduate"] >= 5


def test_the_lectures_courses_have_one_section_and_room(sections: list[Section]) -> None:
    held = Counter((str(s.code), s.term) for s in sections)
    for section in sections:
        code = str(section.code)
        if code in _ALWAYS_ROOM:
            assert held[code, section.term] == 1
            assert section.seats_left >= 20
        if section.code.subject == "HISTORY":
            assert held[code, section.term] == 1


def test_some_sections_are_full_and_only_those_have_a_waitlist(sections: list[Section]) -> None:
    waiting = [s for s in sections if s.waitlisted]
    assert len(waiting) >= 10
    assert all(s.seats_left == 0 for s in waiting)


def test_there_are_several_sections_of_large_courses(sections: list[Section]) -> None:
    winter = Counter(str(s.code) for s in sections if s.term == Term(Quarter.WINTER, 2019))
    assert winter["MATH51"] == 3
    assert max(winter.values()) <= 4


def test_instructors_are_many_and_have_a_family_name(sections: list[Section]) -> None:
    names = {name for section in sections for name in section.instructors}
    assert len(names) >= 150
    assert all(len(name.split()) == 2 for name in names)


def test_names_are_never_given_twice() -> None:
    drawn = instructors(random.Random(1), 400)
    assert len(set(drawn)) == 400


def test_student_numbers_are_eight_digits_and_marked_as_sample(crowd: list[Student]) -> None:
    assert len(crowd) >= 240
    assert all(normalise_suid(s.suid) == s.suid and s.suid.startswith("059") for s in crowd)
    assert len({s.suid for s in crowd}) == len(crowd)
    assert 1 <= sum(bool(s.holds) for s in crowd) <= len(crowd) // 5


def test_the_students_to_sign_in_as_show_different_situations(work: Work) -> None:
    offered = {s.suid: s for s in work.students.all(sign_in_only=True)}
    assert len(offered) == 6
    assert offered["05990001"].completed == frozenset()
    assert offered["05990003"].completed_all
    assert offered["05990004"].holds
    assert offered["05990005"].max_units < 10
    assert all(work.students.enrollments(suid) == [] for suid in offered)


def test_the_core_of_the_junior_meets_machine_learning(work: Work) -> None:
    junior = work.students.get("05990002")
    needed = work.catalogue.course("CS229").prerequisites
    assert needed is not None
    assert needed.met(Record(junior.completed))


def test_past_courses_could_be_taken_in_some_order(work: Work, crowd: list[Student]) -> None:
    needs = {course.code: course.prerequisites for course in work.catalogue.courses()}
    for student in crowd:
        if not student.suid.startswith("0598"):
            continue
        left, done = set(student.completed), set()
        while left:
            met = {
                code
                for code in left
                if (tree := needs[code]) is None or tree.met(Record(frozenset(done)))
            }
            assert met, (student.suid, sorted(map(str, left)))
            done |= met
            left -= met


def test_schedules_of_the_crowd_fit(work: Work, crowd: list[Student]) -> None:
    meetings = {s.class_id: s.meetings for s in work.catalogue.sections()}
    for student in crowd[::4]:
        by_term: dict[Term, list[int]] = {}
        units: Counter[Term] = Counter()
        for held in work.students.enrollments(student.suid):
            by_term.setdefault(held.term, []).append(held.class_id)
            units[held.term] += held.units
            assert (held.position is None) == (held.status is Status.ENROLLED)
            assert held.code not in student.completed
        for class_ids in by_term.values():
            pairs = combinations(class_ids, 2)
            assert not [p for p in pairs if clash(meetings[p[0]], meetings[p[1]])]
        assert max(units.values(), default=0) <= student.max_units


def test_seats_are_taken_in_both_years(sections: list[Section]) -> None:
    taken = Counter(s.term.academic_year for s in sections for _ in range(s.enrolled))
    assert taken["2018-19"] > 500
    assert taken["2026-27"] > 500
