"""Reading by columns gives the very values that the repository gives."""

from __future__ import annotations

from dataclasses import replace

from knowledge.storage.bulk import BulkReader
from knowledge.storage.unit_of_work import UnitOfWork


def test_all_courses_and_sections_are_the_repositorys(catalogue: UnitOfWork) -> None:
    with catalogue.read() as work:
        reader = BulkReader(work.session)
        assert sorted(reader.courses(), key=lambda c: c.course_id) == sorted(
            work.catalogue.courses(), key=lambda c: c.course_id
        )
        plain = {
            s.class_id: replace(s, enrolled=0, waitlisted=0) for s in work.catalogue.sections()
        }
        assert {s.class_id: s for s in reader.sections()} == plain


def test_some_courses_are_a_part_of_all(catalogue: UnitOfWork) -> None:
    with catalogue.read() as work:
        reader = BulkReader(work.session)
        everything = reader.sections()
        some = sorted({s.course_id for s in everything})[10:20]
        assert [c.course_id for c in reader.courses(some)] == some
        assert reader.sections(some) == [s for s in everything if s.course_id in some]
        assert reader.course_ids([s.class_id for s in everything]) == {
            s.course_id for s in everything
        }


def test_nothing_asked_or_known_is_nothing_found(catalogue: UnitOfWork) -> None:
    with catalogue.read() as work:
        reader = BulkReader(work.session)
        assert reader.courses([]) == reader.sections([]) == []
        assert reader.courses([-1]) == reader.sections([-1]) == []
        assert reader.course_ids([-1]) == set()
