"""The dashboard's figures against records that were made for them."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import insert

from knowledge.insights import figures
from knowledge.insights.questions import Asked, Question, QuestionRecorder
from knowledge.model.courses import UNCAPPED
from knowledge.storage.orm import AuditRow
from knowledge.storage.unit_of_work import UnitOfWork

NOW = datetime.fromisoformat("2031-03-01T14:30")  # UTC without a zone, as the log keeps it
WINTER_2019 = 1194


def _entry(at: datetime, act: str, table: str = "enrollments") -> dict[str, object]:
    return {"at": at, "actor": "test", "act": act, "table": table, "key": "x"}


def test_enrollments_are_counted_by_hour_and_quiet_hours_shown(units: UnitOfWork) -> None:
    entries = [
        _entry(NOW, "enroll"),
        _entry(NOW.replace(minute=0, second=0), "promote"),
        _entry(NOW - timedelta(hours=15), "enroll"),  # the day before
        _entry(NOW - timedelta(hours=48), "enroll"),  # before the first hour
        _entry(NOW, "drop"),
        _entry(NOW, "enroll", "courses"),
    ]
    with units.write() as work:
        work.session.execute(insert(AuditRow), entries)
    with units.read() as work:
        hours = figures.enrollments_by_hour(work.session, NOW, 48)
    assert len(hours) == 48
    assert hours[-1] == figures.Hour(NOW.replace(minute=0), 2)
    assert {hour.at: hour.count for hour in hours if hour.count} == {
        NOW.replace(minute=0): 2,
        datetime.fromisoformat("2031-02-28T23:00"): 1,
    }


def test_fill_is_that_of_the_sections(catalogue: UnitOfWork) -> None:
    with catalogue.read() as work:
        fills = {f.subject: f for f in figures.fill_by_department(
            work.session, WINTER_2019, UNCAPPED
        )}  # fmt: skip
        term = next(d.term for d in work.catalogue.calendar().terms if d.term.term_id == 1194)
        sections = [s for s in work.catalogue.sections(term=term) if s.parent is None]
    for subject in ("CS", "HISTORY", "MS&E"):
        ours = [s for s in sections if s.code.subject == subject]
        assert fills[subject].taken == sum(s.enrolled for s in ours)
        assert fills[subject].seats == sum(s.capacity for s in ours)
        assert fills[subject].waiting == sum(s.waitlisted for s in ours)
    shares = [fill.share for fill in fills.values()]
    assert shares == sorted(shares, reverse=True)


def test_phrases_are_ranked_and_those_in_vain_told(units: UnitOfWork) -> None:
    recorder = QuestionRecorder(units)
    asked = [("art", 3), ("art", 3), ("zymurgy", 0), ("zymurgy", 2), ("art", 0), ("", 5)]
    for text, found in asked:
        recorder.note(Question(Asked.SEARCH, text, found > 0, found))
    recorder.note(Question(Asked.LECTURE, "zen?", False))
    recorder.note(Question(Asked.SEARCH, "old", False, at=datetime.fromisoformat("2000-01-01")))
    recorder.flush()
    since = datetime.fromisoformat("2020-01-01")
    with units.read() as work:
        top = figures.top_searches(work.session, since)
        vain = figures.unanswered(work.session, since)
    assert [(p.text, p.times, p.in_vain) for p in top] == [("art", 3, 1), ("zymurgy", 2, 1)]
    assert sorted((p.text, p.kind) for p in vain) == [
        ("art", "search"),
        ("zen?", "lecture"),
        ("zymurgy", "search"),
    ]


def test_totals_are_those_of_the_tables(catalogue: UnitOfWork) -> None:
    with catalogue.read() as work:
        totals = figures.totals(work.session)
        assert totals.courses == len(work.catalogue.courses())
        sections = work.catalogue.sections()
    assert totals.sections == len(sections)
    assert totals.waiting == sum(s.waitlisted for s in sections)
    assert totals.enrolled == sum(s.enrolled for s in sections if s.parent is None)
    assert totals.pending_petitions == 0
