"""Any records that a file can hold, for property tests."""

from __future__ import annotations

from datetime import date, time

from hypothesis import strategies as st

from knowledge.formats.listings import split_title
from knowledge.formats.records import (
    AdministrativeInformation,
    Attribute,
    CourseRecord,
    Instructor,
    LearningObjective,
    Schedule,
    SectionRecord,
    Tag,
)
from knowledge.formats.xml_fields import DOUBLY_ESCAPED
from knowledge.model.codes import CourseCode
from knowledge.model.schedule import Day
from knowledge.model.terms import Quarter, Term

_LEGAL = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="￾￿")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _undoubted(text: str) -> bool:
    return not DOUBLY_ESCAPED.search(text) and split_title(text)[0] == text


TEXT = st.text(_LEGAL, max_size=30).map(_one_line).filter(_undoubted)
NAMED = TEXT.filter(bool)
NUMBER = st.integers(0, 900)
CODES = st.builds(
    CourseCode,
    st.from_regex(r"[A-Z][A-Z&]{0,9}", fullmatch=True),
    st.integers(1, 9999),
    st.from_regex(r"[A-Z]{0,3}", fullmatch=True),
)
TERMS = st.builds(Term, st.sampled_from(Quarter), st.integers(2001, 2098))
UNITS = st.tuples(st.integers(0, 20), st.integers(0, 20)).map(lambda pair: (min(pair), max(pair)))
CAPS = st.none() | st.integers(1, 998)
WAITLISTS = st.none() | st.integers(0, 998)
ATTRIBUTES = st.lists(
    st.builds(Attribute, TEXT, TEXT, TEXT, st.booleans(), st.booleans()), max_size=2
).map(tuple)
PEOPLE = st.builds(Instructor, NAMED, TEXT, TEXT, TEXT, TEXT, st.sampled_from(("PI", "TA", "GP")))
MINUTES = st.integers(1, 1439).map(lambda minute: time(minute // 60, minute % 60))
PERIODS = (
    st.tuples(MINUTES, MINUTES)
    .filter(lambda pair: pair[0] != pair[1])
    .map(lambda pair: (min(pair), max(pair)))
)
DATES = st.none() | st.dates(date(1990, 1, 1), date(2090, 1, 1))


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    start, end = draw(st.just((None, None)) | PERIODS)
    return Schedule(
        starts=draw(DATES),
        ends=draw(DATES),
        days=draw(st.frozensets(st.sampled_from(Day))),
        start=start,
        end=end,
        location=draw(TEXT),
        instructors=tuple(draw(st.lists(PEOPLE, max_size=2))),
    )


SECTIONS = st.builds(
    SectionRecord,
    class_id=st.integers(1, 99_999),
    term=TERMS,
    code=CODES,
    course_id=st.integers(1, 999_999),
    units=UNITS,
    number=NAMED,
    component=st.sampled_from(("LEC", "DIS", "SEM", "LAB")),
    enrolled=NUMBER,
    capacity=CAPS,
    waitlisted=NUMBER,
    waitlist_capacity=WAITLISTS,
    status=st.sampled_from(("Open", "Closed")),
    add_consent=st.sampled_from("NID"),
    drop_consent=st.sampled_from("NID"),
    instruction_mode=TEXT,
    schedules=st.lists(schedules(), max_size=2).map(tuple),
    notes=TEXT,
    attributes=ATTRIBUTES,
)
ADMINISTRATION = st.builds(
    AdministrativeInformation,
    course_id=st.integers(1, 999_999),
    effective_status=st.sampled_from("AI"),
    offer_number=st.integers(1, 9),
    academic_group=TEXT,
    academic_organization=TEXT,
    career=st.sampled_from(("UG", "GR", "GSB", "LAW", "MED")),
    final_exam=st.none() | st.booleans(),
    catalog_print=st.booleans(),
    schedule_print=st.booleans(),
    max_units=st.none() | st.integers(1, 98),
    max_times=st.none() | st.integers(1, 98),
)


@st.composite
def records(draw: st.DrawFn) -> CourseRecord:
    low, high = draw(UNITS)
    return CourseRecord(
        academic_start=draw(st.integers(1990, 2090)),
        code=draw(CODES),
        title=draw(NAMED),
        description=draw(TEXT),
        gers=tuple(draw(st.lists(NAMED.filter(lambda t: "," not in t), max_size=3))),
        repeatable=draw(st.booleans()),
        grading=draw(TEXT),
        units_min=low,
        units_max=high,
        administration=draw(ADMINISTRATION),
        remote=draw(st.booleans()),
        objectives=tuple(draw(st.lists(st.builds(LearningObjective, TEXT, TEXT), max_size=2))),
        sections=tuple(draw(st.lists(SECTIONS, max_size=2))),
        attributes=draw(ATTRIBUTES),
        tags=tuple(draw(st.lists(st.builds(Tag, TEXT, TEXT), max_size=2))),
    )
