"""Discussion and lab sections of some lectures, and seats kept for a programme's students.

They are laid after all lectures, in the evening, so that nothing else of the timetable depends on
them.
"""

from __future__ import annotations

from datetime import date, time
from typing import Any

from knowledge.model.courses import Section
from knowledge.model.schedule import Day, Meeting, clash
from knowledge.model.terms import Quarter, Term

_LINKED = {"PHYSICS43": "LAB", "PHYSICS45": "LAB", "CHEM33": "DIS", "BIO83": "DIS"}
_EVENINGS = (Day.MONDAY, Day.TUESDAY, Day.WEDNESDAY)
_STARTS, _ENDS = time(19, 0), time(21, 50)
_RESERVED = {
    ("CS194", Term(Quarter.WINTER, 2019)): (("Computer Science BS", 30, date(2019, 1, 4)),),
    ("CS194", Term(Quarter.WINTER, 2027)): (("Computer Science BS", 30, date(2027, 1, 1)),),
}


def labs_of(sections: list[Section], first_class_id: int) -> list[Section]:
    """Three evenings for each lecture that has labs; together they seat the whole lecture."""
    lectures = [section for section in sections if str(section.code) in _LINKED]
    labs: list[Section] = []
    for lecture in lectures:
        for number in range(len(_EVENINGS)):
            teacher = _free(_colleagues(lecture, [*sections, *labs]), number)
            labs.append(_lab(lecture, number, first_class_id + len(labs), teacher))
    return labs


def _colleagues(lecture: Section, sections: list[Section]) -> dict[str, list[Meeting]]:
    """The department's teachers of that term and when they teach."""
    busy: dict[str, list[Meeting]] = {}
    for section in sections:
        if section.term == lecture.term and section.code.subject == lecture.code.subject:
            for name in section.instructors:
                busy.setdefault(name, []).extend(section.meetings)
    return busy


def _free(colleagues: dict[str, list[Meeting]], number: int) -> str:
    evening = (_evening(number),)
    return next(name for name, busy in colleagues.items() if not clash(busy, evening))


def _evening(number: int) -> Meeting:
    return Meeting(frozenset({_EVENINGS[number]}), _STARTS, _ENDS, "Ironwood 20")


def _lab(lecture: Section, number: int, class_id: int, teacher: str) -> Section:
    return Section(
        class_id=class_id,
        course_id=lecture.course_id,
        code=lecture.code,
        term=lecture.term,
        number=f"{number + 11}",
        component=_LINKED[str(lecture.code)],
        meetings=(_evening(number),),
        instructors=(teacher,),
        capacity=-(-lecture.capacity // len(_EVENINGS)),
        waitlist_capacity=0,
        parent=lecture.class_id,
    )


def reserved_of(section: Section) -> list[dict[str, Any]]:
    """The reservations of a section as its row keeps them."""
    kept = _RESERVED.get((str(section.code), section.term), ())
    return [{"group": g, "seats": n, "until": day.isoformat()} for g, n, day in kept]
