"""Goals of being told something: a fact, the own schedule, a list, or a class out of a list."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.policy.simulator.goals.goal import Goal, Question, Saying, Seat
from bot.policy.simulator.goals.making import Maker, holding, plain
from bot.policy.simulator.words.speaking import Named

_CODE = re.compile(r"[A-Z&]+\d+[A-Z]*")


def ask(make: Maker) -> Goal:
    """A fact about a course."""
    return plain("ask", (question := a_question(make)).saying, question=question)


def a_question(make: Maker, seat: Seat | None = None) -> Question:
    """A question about a course, with what a right answer holds."""
    seat = seat or make.seat()
    kind = make.chance.choice(("units", "instructor", "time", "place", "prerequisites"))
    values: dict[str, Named | str] = {"class": make.named(seat.course)}
    if kind in ("instructor", "time", "place"):
        values |= seat.named
    return Question(Saying(f"ask_{kind}", values), _facts(make, seat, kind), (seat.code,))


def schedule(make: Maker) -> Goal:
    """The own schedule, of all terms or one."""
    held = make.held()
    other = make.beside(held, lambda seat: not make.catalogue.linked(seat.sections[0]))
    when = held.named if make.maybe(0.4) else {}
    asked = [held.code] if when and other.term != held.term else [held.code, other.code]
    question = Question(Saying("schedule", when), (asked[0],), tuple(asked))
    return plain("my_schedule", question.saying, (), holding(held, other), question)


def inform(make: Maker) -> Goal:
    """A list of what there is."""
    saying, choices = _search(make)
    return plain("inform", saying, question=Question(saying, tuple(choices)))


def find(make: Maker) -> Goal:
    """A search, and one of its results enrolled in."""
    saying, choices = _search(make)
    return replace(plain("find", saying), choices=choices)


def _search(make: Maker) -> tuple[Saying, dict[str, Seat]]:
    """What to search for, and the classes that fit it with room in that term."""
    seat = make.seat(lambda seat: any(map(_is_words, seat.course.topics)))
    subject = seat.course.code.subject
    called = make.chance.choice((subject, make.catalogue.departments.get(subject, subject)))
    if make.maybe(0.5):
        topic = make.chance.choice([t for t in seat.course.topics if _is_words(t)])
        when = make.chance.choice(({}, {"quarter": seat.named["quarter"]}, seat.named))
        return Saying("find", {"topic": topic, **when}), _choices(make, seat, topic=topic)
    values: dict[str, Named | str] = {"subject": called}
    level = seat.course.level.value if make.maybe(0.5) else None
    if level is not None:
        values["level"] = level
    values |= make.chance.choice(({"quarter": seat.named["quarter"]}, seat.named))
    return Saying("find", values), _choices(make, seat, subject=subject, level=level)


def _choices(
    make: Maker, seat: Seat, topic: str = "", subject: str = "", level: str | None = None
) -> dict[str, Seat]:
    """By code: all that fits as the seat that was thought of does."""
    return {
        code: make.in_term(course, seat.term)
        for code, course in make.catalogue.courses.items()
        if make.catalogue.roomy(course, seat.term)
        and (not topic or topic in course.topics)
        and (not subject or subject in {c.subject for c in course.codes})
        and (level is None or course.level.value == level)
    }


def _is_words(topic: str) -> bool:
    """Whether a topic reads as one: "c++" and "r" are names of something else in a sentence."""
    return len(topic) > 2 and all(sign.isalnum() or sign in " -" for sign in topic)


def _facts(make: Maker, seat: Seat, kind: str) -> tuple[str, ...]:
    course = seat.course
    sections = make.catalogue.offered(course, seat.term)
    if kind == "units":
        low, high = course.units_min, course.units_max
        return (f"{low} units" if low == high else f"{low}-{high} units",)
    if kind == "instructor":
        return tuple(name for section in sections for name in section.instructors)
    meetings = [meeting for section in sections for meeting in section.meetings]
    if kind == "time":
        return tuple(f"{meeting.start:%-H:%M}" for meeting in meetings)
    if kind == "place":
        return tuple(meeting.room for meeting in meetings if meeting.room)
    return tuple(_CODE.findall(str(course.prerequisites or ""))) or ("no prerequisites",)
