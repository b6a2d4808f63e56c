"""Small catalogues, drawn at random or written by hand, and a checker that knows no solver."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time
from itertools import combinations, product

from hypothesis import strategies as st

from knowledge.model.codes import CourseCode
from knowledge.model.courses import Course, Level, Section
from knowledge.model.prerequisites import Both, Either, Prerequisite, Record, Requires
from knowledge.model.programmes import Carrying, Listed, Programme, Requirement, UnitsIn
from knowledge.model.schedule import Day, Meeting, clash
from knowledge.model.students import Status, Student
from knowledge.model.terms import Quarter, Term, TermDates
from knowledge.registrar.planning.bundles import bundles_of
from knowledge.registrar.planning.case import Bundle, PlanningCase, Wishes, codes_of
from knowledge.registrar.rules import Taken

TODAY = date(2018, 11, 15)
WINTER, SPRING = Term(Quarter.WINTER, 2019), Term(Quarter.SPRING, 2019)
TERMS = tuple(
    TermDates(term, starts, ends, date(2018, 10, 28), closes, closes)
    for term, starts, ends, closes in (
        (WINTER, date(2019, 1, 7), date(2019, 3, 22), date(2019, 1, 25)),
        (SPRING, date(2019, 4, 1), date(2019, 6, 12), date(2019, 4, 19)),
    )
)
NO_WISHES = Wishes()
STUDENT = Student("05550001", "S", "P", max_units=14)


def code(number: int) -> CourseCode:
    return CourseCode("TST", number)


def course(number: int, units: int = 4, needs: Prerequisite | None = None, **more) -> Course:
    return Course(
        number, (code(number),), f"Course {number}", "", units, units, units,
        Level.UNDERGRADUATE, prerequisites=needs, **more,
    )  # fmt: skip


def at(hour: int, *days: Day) -> tuple[Meeting, ...]:
    return (Meeting(frozenset(days or (Day.MONDAY,)), time(hour), time(hour, 50)),)


def section(class_id: int, of: int, term: Term, meetings: tuple[Meeting, ...], **more) -> Section:
    shape = {"capacity": 5, "waitlist_capacity": 0, **more}
    return Section(class_id, of, code(of), term, "01", "LEC", meetings, (), **shape)


def case(
    courses: Iterable[Course],
    sections: Iterable[Section],
    requirements: Iterable[Requirement] = (),
    student: Student = STUDENT,
    wishes: Wishes = NO_WISHES,
    taken: tuple[Taken, ...] = (),
) -> PlanningCase:
    known = {each.course_id: each for each in courses}
    everything = Requirement("all", Listed(len(known), codes_of(known.values())))
    programme = Programme("P", tuple(requirements) or (everything,))
    offered = bundles_of(sections, known)
    return PlanningCase(student, programme, TERMS, known, offered, taken, wishes, TODAY)


def faults(planning: PlanningCase, chosen: Iterable[Bundle]) -> list[str]:
    """Every rule that a choice of bundles breaks."""
    bundles, found = list(chosen), []
    for bundle in bundles:
        found += _alone(planning, bundle)
        if not _ready(planning, bundle, bundles):
            found.append(f"{bundle.course.code} lacks its prerequisites")
    for one, other in combinations(bundles, 2):
        if one.course.course_id == other.course.course_id:
            found.append(f"{one.course.code} twice")
        elif one.term == other.term and clash(one.meetings, other.meetings):
            found.append(f"{one.course.code} clashes with {other.course.code}")
    for dates in planning.terms:
        units = sum(b.course.usual_units for b in bundles if b.term == dates.term)
        if units and units + planning.units_in(dates.term) > planning.limit(dates.term):
            found.append(f"too many units in {dates.term}")
    planned = codes_of(bundle.course for bundle in bundles)
    found += [f"{wished} left out" for wished in planning.wishes.include if wished not in planned]
    return found


def _alone(planning: PlanningCase, bundle: Bundle) -> list[str]:
    wishes, found, name = planning.wishes, [], bundle.course.code
    if planning.has(bundle.course) or name in wishes.exclude:
        found.append(f"{name} has been taken or is unwanted")
    if not bundle.free and not wishes.waitlists:
        found.append(f"{name} is full")
    for meeting in bundle.meetings:
        if meeting.days & wishes.days_off or (wishes.earliest and meeting.start < wishes.earliest):
            found.append(f"{name} meets when it should not")
    if any(clash(bundle.meetings, taken.meetings) for taken in planning.taken_in(bundle.term)):
        found.append(f"{name} clashes with what is taken")
    if bundle.linked is None and any(
        other.linked for other in planning.bundles if other.lecture == bundle.lecture
    ):
        found.append(f"{name} without its lab")
    return found


def _ready(planning: PlanningCase, bundle: Bundle, chosen: list[Bundle]) -> bool:
    taken = [(t.course, t.section.term) for t in planning.taken]
    held = [*taken, *((b.course, b.term) for b in chosen if b is not bundle)]
    earlier = codes_of(c for c, term in held if term < bundle.term)
    same = codes_of(c for c, term in held if term == bundle.term)
    tree = bundle.course.prerequisites
    return tree is None or tree.met(Record(planning.student.completed, earlier, same))


def choices(planning: PlanningCase) -> list[list[Bundle]]:
    """Every set of bundles that breaks no rule: each course in one of its ways, or not at all."""
    ways: dict[int, list[Bundle | None]] = {}
    for bundle in planning.bundles:
        ways.setdefault(bundle.course.course_id, [None]).append(bundle)
    every = ([b for b in picked if b] for picked in product(*ways.values()))
    return [picked for picked in every if not faults(planning, picked)]


_days = st.sampled_from([(Day.MONDAY,), (Day.TUESDAY,), (Day.MONDAY, Day.FRIDAY)])
_meetings = st.builds(lambda hour, days: at(hour, *days), st.sampled_from([9, 10, 13]), _days)


@st.composite
def _trees(draw, numbers: list[int]) -> Prerequisite | None:
    if not numbers or draw(st.integers(0, 2)) == 0:
        return None
    leaves = [
        Requires(code(number), draw(st.booleans()))
        for number in draw(st.lists(st.sampled_from(numbers), min_size=1, max_size=3))
    ]
    if len(leaves) == 1:
        return leaves[0]
    kind = draw(st.sampled_from([Both, Either]))
    if len(leaves) == 3:
        return kind((leaves[0], draw(st.sampled_from([Both, Either]))(tuple(leaves[1:]))))
    return kind(tuple(leaves))


@st.composite
def cases(draw, most: int = 5) -> PlanningCase:
    """A case of a few courses, small enough to try every choice."""
    count = draw(st.integers(1, most))
    courses, sections = [], []
    for number in range(1, count + 1):
        tree = draw(_trees(list(range(1, number))))
        units = draw(st.integers(3, 5))
        carried = ("WAY-SI",) if draw(st.booleans()) else ()
        courses.append(course(number, units, tree, requirements=carried))
        for place in range(draw(st.integers(0, 2))):
            term = draw(st.sampled_from([WINTER, SPRING]))
            enrolled = draw(st.sampled_from([0, 0, 0, 5]))
            class_id = number * 100 + place * 10
            sections.append(section(class_id, number, term, draw(_meetings), enrolled=enrolled))
            if draw(st.integers(0, 4)) == 0:
                sections += [
                    section(class_id + each, number, term, draw(_meetings), parent=class_id)
                    for each in (1, 2)
                ]
    return replace(
        case(courses, sections, draw(_requirements(count))),
        student=draw(_students(count)),
        wishes=draw(_wishes(count)),
        taken=draw(_taken(courses)),
    )


@st.composite
def _requirements(draw, count: int) -> tuple[Requirement, ...]:
    numbers = st.lists(st.integers(1, count), min_size=1, max_size=3, unique=True)
    listed = frozenset(code(number) for number in draw(numbers))
    found = [Requirement("listed", Listed(draw(st.integers(1, len(listed))), listed))]
    if draw(st.booleans()):
        units = UnitsIn(draw(st.integers(3, 9)), frozenset({"TST"}), 2, 9)
        found.append(Requirement("units", units))
    if draw(st.booleans()):
        found.append(Requirement("social", Carrying(1, "WAY-SI"), overlaps=True))
    return tuple(found)


@st.composite
def _students(draw, count: int) -> Student:
    done = draw(st.sets(st.integers(1, count), max_size=1))
    completed = frozenset(code(number) for number in done)
    return replace(STUDENT, completed=completed, max_units=draw(st.sampled_from([4, 8, 12])))


@st.composite
def _wishes(draw, count: int) -> Wishes:
    numbers = st.sets(st.integers(1, count), max_size=1)
    include = frozenset(code(number) for number in draw(numbers))
    return Wishes(
        earliest=draw(st.sampled_from([None, None, time(10)])),
        days_off=draw(st.sampled_from([frozenset(), frozenset(), frozenset({Day.FRIDAY})])),
        include=include,
        exclude=frozenset(code(number) for number in draw(numbers)) - include,
        minimum=4,
        target=8,
    )


@st.composite
def _taken(draw, courses: list[Course]) -> tuple[Taken, ...]:
    if draw(st.integers(0, 2)):
        return ()
    held = draw(st.sampled_from(courses))
    term = draw(st.sampled_from([WINTER, SPRING]))
    where = section(9000, held.course_id, term, draw(_meetings))
    return (Taken(where, held, Status.ENROLLED, held.usual_units),)
