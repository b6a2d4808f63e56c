"""Plain goals from the catalogue: what can be had as it is wished, drawn at random."""

from __future__ import annotations

import random
from collections.abc import Callable

from bot.policy.simulator.goals.catalogue import Catalogue, free_of
from bot.policy.simulator.goals.goal import Goal, Question, Saying, Seat, Step, Twist
from bot.policy.simulator.values import Beginning, Trait
from bot.policy.simulator.words.speaking import Named
from knowledge.model.courses import Course
from knowledge.model.terms import Term

_LONGEST_TITLE = 45  # letters of a title anybody would type out
_BY_TITLE = 0.3  # of the classes are called by their title
_WITHOUT_CLASS = 0.2  # of the drops and swaps begin without saying of what
_TRIES = 400  # draws until a course fits; the sample catalogue needs a few


class NoSuchGoal(LookupError):
    """The catalogue holds nothing of which such a goal could be made."""


class Maker:
    """Draws the pieces of goals; everything random comes from `chance`."""

    def __init__(self, catalogue: Catalogue, chance: random.Random) -> None:
        self.catalogue = catalogue
        self.chance = chance
        self._courses = list(catalogue.courses.values())

    def course(self, fits: Callable[[Course], bool]) -> Course:
        """A course that fits; raise NoSuchGoal."""
        for _ in range(_TRIES):
            course = self.chance.choice(self._courses)
            if fits(course):
                return course
        fitting = [course for course in self._courses if fits(course)]
        if not fitting:
            raise NoSuchGoal
        return self.chance.choice(fitting)

    def seat(self, fits: Callable[[Seat], bool] = lambda seat: True) -> Seat:
        """A class with room in an open term; raise NoSuchGoal."""

        def seats(course: Course) -> list[Seat]:
            terms = self.catalogue.terms_of(course)
            return [seat for term in terms if fits(seat := self.in_term(course, term))]

        return self.chance.choice(seats(self.course(lambda course: bool(seats(course)))))

    def in_term(self, course: Course, term: Term) -> Seat:
        """A course in a term, in any of its sections with room."""
        return Seat(course, term, self.catalogue.roomy(course, term))

    def held(self, fits: Callable[[Seat], bool] = lambda seat: True) -> Seat:
        """A class to begin with: one section, without a lab of its own."""
        seat = self.seat(lambda seat: self.alone(seat) and fits(seat))
        return Seat(seat.course, seat.term, seat.sections[:1])

    def alone(self, seat: Seat) -> bool:
        """Whether no discussion or lab, at other hours still, goes with it."""
        return not any(map(self.catalogue.linked, seat.sections))

    def beside(self, held: Seat, fits: Callable[[Seat], bool] = lambda seat: True) -> Seat:
        """Another class that clashes with this one in none of its sections."""
        return self.seat(
            lambda seat: (
                seat.code != held.code
                and not {*map(str, seat.course.codes)} & {*map(str, held.course.codes)}
                and all(free_of(section, held.sections) for section in seat.sections)
                and fits(seat)
            )
        )

    def named(self, course: Course, by_title: bool | None = None) -> Named:
        """A class by its code or, when nobody else bears it, its title."""
        alone = len(self.catalogue.by_title[course.title.lower()]) == 1
        short = alone and len(course.title) <= _LONGEST_TITLE and course.title[-1].isalnum()
        wanted = self.chance.random() < _BY_TITLE if by_title is None else by_title
        if short and wanted:
            return ("title", course.title)
        return ("code", str(self.chance.choice(course.codes)))

    def maybe(self, share: float) -> bool:
        """True that often."""
        return self.chance.random() < share


def enroll(make: Maker) -> Goal:
    """One class, everything said at once or piece by piece."""
    seat = make.seat()
    return plain("enroll", wish_for(make, seat), (Step(add=seat),))


def wish_for(make: Maker, seat: Seat) -> Saying:
    """The first words for a class: all of it, or a part, or only that there is one."""
    named: dict[str, Named | str] = {"class": make.named(seat.course)}
    season = {"quarter": seat.named["quarter"]}
    said = make.chance.choices(("all", "season", "class", "nothing"), (45, 20, 20, 15))[0]
    if said == "nothing":
        return Saying("enroll_something", make.chance.choice(({}, seat.named)))
    return Saying("enroll", {**named, **{"all": seat.named, "season": season, "class": {}}[said]})


def enroll_two(make: Maker) -> Goal:
    """Two classes of one term in one message."""
    one = make.seat(make.alone)
    two = make.beside(one, lambda seat: seat.term == one.term and make.alone(seat))
    classes = {"class": make.named(one.course), "second": make.named(two.course)}
    opening = Saying("enroll_two", {**classes, **one.named})
    return plain("enroll", opening, (Step(add=one), Step(add=two)))


def drop(make: Maker) -> Goal:
    """A class is given up, another one kept."""
    held = make.held()
    kept = make.beside(held, lambda seat: not make.catalogue.linked(seat.sections[0]))
    when = held.named if make.maybe(0.3) else {}
    opening = Saying("drop", {"class": make.named(held.course), **when})
    if make.maybe(_WITHOUT_CLASS):
        opening = Saying("drop_something")
    return plain("drop", opening, (Step(remove=held),), holding(held, kept))


def swap(make: Maker) -> Goal:
    """A class for another of the same term."""
    held = make.held()
    seat = make.beside(held, lambda seat: seat.term == held.term)
    when = held.named if make.maybe(0.2) else {}
    classes = {"drop": make.named(held.course), "add": make.named(seat.course)}
    opening = Saying("swap", {**classes, **when})
    if make.maybe(_WITHOUT_CLASS):
        left = {"drop": classes["drop"]} if make.maybe(0.5) else {}
        opening = Saying("swap_something", left)
    return plain("swap", opening, (Step(add=seat, remove=held),), holding(held))


def move(make: Maker) -> Goal:
    """A class into the other open term."""
    held = make.held(lambda seat: len(make.catalogue.terms_of(seat.course)) > 1)
    other = next(t for t in make.catalogue.terms_of(held.course) if t != held.term)
    seat = make.in_term(held.course, other)
    opening = Saying("move", {"drop": make.named(held.course), **seat.named})
    return plain("move", opening, (Step(add=seat, remove=held),), holding(held))


def holding(*seats: Seat) -> Beginning:
    """A record with these classes."""
    return Beginning(held=tuple(seat.sections[0].class_id for seat in seats))


def plain(
    kind: str,
    opening: Saying,
    steps: tuple[Step, ...] = (),
    beginning: Beginning = Beginning(),  # noqa: B008 - frozen
    question: Question | None = None,
) -> Goal:
    """A goal that can be had as it is wished."""
    return Goal(
        kind, Trait.PLAIN, Twist.NONE, opening, steps, question=question, beginning=beginning
    )
