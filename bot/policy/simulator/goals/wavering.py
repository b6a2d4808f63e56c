"""Goals that are changed midway, and goals that are first said so that several things fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.policy.simulator.goals.asking import a_question
from bot.policy.simulator.goals.goal import Goal, Saying, Seat, Step, Twist
from bot.policy.simulator.goals.making import Maker, drop, enroll, swap
from bot.policy.simulator.values import Trait
from bot.policy.simulator.words.speaking import Named


def other_quarter(make: Maker) -> Goal:
    """The same class, but in the other open term after all."""
    first = make.seat(lambda seat: len(make.catalogue.terms_of(seat.course)) > 1)
    term = next(t for t in make.catalogue.terms_of(first.course) if t != first.term)
    later = make.in_term(first.course, term)
    change = Saying("change_quarter", later.named)
    return _changed(make, Twist.OTHER_QUARTER, first, (Step(add=later),), change)


def other_class(make: Maker) -> Goal:
    """Another class of the same term after all."""
    first = make.seat()
    later = make.beside(first, lambda seat: seat.term == first.term)
    change = Saying("change_class", {"class": make.named(later.course, by_title=False)})
    return _changed(make, Twist.OTHER_CLASS, first, (Step(add=later),), change)


def retracted(make: Maker) -> Goal:
    """Nothing at all after all, before or after it was done."""
    return _changed(make, Twist.RETRACTED, make.seat(), (), Saying("retract"))


def wrong_year(make: Maker) -> Goal:
    """A year was said that was never meant."""
    seat = make.seat()
    wrong = "2027" if make.maybe(0.5) else "2020"
    goal = _changed(
        make, Twist.WRONG_YEAR, seat, (Step(add=seat),), Saying("forget_year", seat.named)
    )
    opening = Saying("enroll", {"class": make.named(seat.course), "year": wrong})
    return replace(goal, opening=opening, steps=())


def digression(make: Maker) -> Goal:
    """Something is asked in between, and the wish still stands."""
    seat = make.seat()
    about = seat if make.maybe(0.5) else None
    goal = _changed(make, Twist.DIGRESSION, seat, (Step(add=seat),), None)
    return replace(goal, question=a_question(make, about))


def drop_regretted(make: Maker) -> Goal:
    """A class is dropped, and wanted back."""
    goal = drop(make)
    return replace(
        goal, trait=Trait.CHANGED, twist=Twist.DROP_REGRETTED, later=(), change=Saying("retract")
    )


def swap_regretted(make: Maker) -> Goal:
    """A class is swapped for another, and wanted back."""
    goal = swap(make)
    return replace(
        goal, trait=Trait.CHANGED, twist=Twist.SWAP_REGRETTED, later=(), change=Saying("retract")
    )


def title(make: Maker) -> Goal:
    """A title that several courses bear."""
    seat = make.seat(lambda seat: len(make.catalogue.by_title[seat.course.title.lower()]) > 1)
    values = {"class": ("title", seat.course.title), **seat.named}
    return _ambiguous(Twist.TITLE, seat, values)


def part_of_title(make: Maker) -> Goal:
    """Only some words of a title, which several have."""
    parts = make.catalogue.openings
    seat = make.seat(lambda seat: bool(parts.get(seat.code)))
    values = {"class": ("title", make.chance.choice(parts[seat.code])), **seat.named}
    return _ambiguous(Twist.PART_OF_TITLE, seat, values)


def no_quarter(make: Maker) -> Goal:
    """A class without a term."""
    seat = make.seat()
    return _ambiguous(Twist.NO_QUARTER, seat, {"class": make.named(seat.course)})


def no_year(make: Maker) -> Goal:
    """A quarter without its year."""
    seat = make.seat()
    values = {"class": make.named(seat.course), "quarter": seat.named["quarter"]}
    return _ambiguous(Twist.NO_YEAR, seat, values)


def preference(make: Maker) -> Goal:
    """One of several sections, told by its day or its teacher, at once or when asked."""
    slot = make.chance.choice(("day", "instructor"))

    def marks(seat: Seat) -> Mapping[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, section in enumerate(make.catalogue.offered(seat.course, seat.term)):
            days = {day.full_name for meeting in section.meetings for day in meeting.days}
            surnames = {name.split()[-1] for name in section.instructors}
            for mark in days if slot == "day" else surnames:
                found.setdefault(mark, []).append(number)
        return {mark: held for mark, held in found.items() if len(held) == 1}

    def several(seat: Seat) -> bool:
        lectures = make.catalogue.offered(seat.course, seat.term)
        return len(lectures) > 1 and any(
            lectures[held[0]] in seat.sections for held in marks(seat).values()
        )

    seat = make.seat(several)
    lectures = make.catalogue.offered(seat.course, seat.term)
    told = {m: held[0] for m, held in marks(seat).items() if lectures[held[0]] in seat.sections}
    mark = make.chance.choice(sorted(told))
    wanted = replace(seat, sections=(lectures[told[mark]],))
    values: dict[str, Named | str] = {"class": make.named(seat.course), **seat.named}
    goal = _ambiguous(Twist.PREFERENCE, wanted, values)
    saying = Saying(f"section_{slot}", {slot: mark})
    if make.maybe(0.6):
        opening = Saying("enroll_preference", {**values, slot: mark})
        goal = replace(goal, opening=opening)
    return replace(goal, preference=saying)


def it(make: Maker) -> Goal:
    """Something is asked about a class, and "it" is enrolled in."""
    seat = make.seat()
    question = a_question(make, seat)
    goal = _ambiguous(Twist.IT, seat, {})
    change = Saying("enroll_it", make.chance.choice(({}, seat.named)))
    return replace(goal, opening=question.saying, question=question, change=change)


def _changed(
    make: Maker, twist: Twist, first: Seat, later: tuple[Step, ...], change: Saying | None
) -> Goal:
    """A wish of one class, said in full or in part, that is changed at the next chance."""
    plain = enroll(make)
    in_full = twist is not Twist.DIGRESSION and make.maybe(0.4)
    named: Mapping[str, Named | str] = first.named if in_full else {}
    opening = Saying("enroll", {"class": make.named(first.course), **named})
    return replace(
        plain, trait=Trait.CHANGED, twist=twist, opening=opening, steps=(Step(add=first),),
        later=later, change=change,
    )  # fmt: skip


def _ambiguous(twist: Twist, seat: Seat, values: Mapping[str, Named | str]) -> Goal:
    return Goal("enroll", Trait.AMBIGUOUS, twist, Saying("enroll", values), (Step(add=seat),))
