"""Goals that cannot be had as wished: another way is taken if there is one, or they are given up.

The bot must have said what stands against it (`honest`); a record left as it was is not enough.
"""

from __future__ import annotations

import random
from dataclasses import replace

from bot.policy.simulator.goals.catalogue import free_of
from bot.policy.simulator.goals.goal import Goal, Saying, Seat, Step, Twist
from bot.policy.simulator.goals.making import Maker, NoSuchGoal, holding
from bot.policy.simulator.values import Beginning, Trait
from knowledge.model.courses import Course
from knowledge.model.terms import Quarter, Term

_NO_TERM = frozenset(
    {
        "utter_not_offered", "utter_term_over", "utter_term_unknown", "utter_refused_term_over",
        "utter_refused_window_closed", "utter_refused_window_not_open", "utter_not_offered_at_all",
        "utter_course_not_then",
    }
)  # fmt: skip
_UNKNOWN = frozenset({"utter_unknown_course", "utter_did_you_mean", "utter_did_you_mean_again"})
_NEEDS = frozenset(
    {"utter_refused_prerequisite_missing", "utter_refused_consent_required", "utter_not_eligible"}
)
_FULL = frozenset(
    {"utter_offer_waitlist", "utter_offer_waitlist_again", "utter_refused_section_full"}
)
_CLOSED = (
    Term(Quarter.AUTUMN, 2018), Term(Quarter.SUMMER, 2019), Term(Quarter.AUTUMN, 2017),
    Term(Quarter.SPRING, 2018),
)  # fmt: skip
_HOLDS = ("Unpaid fee", "Library fee", "Missing health form")
_TAKES_ANOTHER = 0.6  # of the students take another way when there is one


def not_offered(make: Maker) -> Goal:
    """Taught in one of the open terms, wished for the other."""
    one, two = make.catalogue.open_terms[:2]

    def once(seat: Seat) -> bool:
        other = two if seat.term == one else one
        return not make.catalogue.offered(seat.course, other)

    seat = make.seat(once)
    wished = Seat(seat.course, two if seat.term == one else one, ())
    return _wished(make, Twist.NOT_OFFERED, wished, seat, _NO_TERM)


def closed_term(make: Maker) -> Goal:
    """Wished for a term that is over, has begun, or isn't open yet."""
    seat = make.seat()
    term = make.chance.choice(_CLOSED)
    wished = Seat(seat.course, term, make.catalogue.offered(seat.course, term))
    return _wished(make, Twist.CLOSED_TERM, wished, seat, _NO_TERM)


def full(make: Maker) -> Goal:
    """No seat is left: a place on the waitlist, or nothing."""

    def only_full(course: Course) -> list[Seat]:
        lectures = {term: make.catalogue.offered(course, term) for term in _open(make)}
        return [
            Seat(course, term, sections, waitlist=True)
            for term, sections in lectures.items()
            if len(sections) == 1
            and not sections[0].seats_left
            and sections[0].waitlisted < sections[0].waitlist_capacity
            and not sections[0].reserved
            and not make.catalogue.linked(sections[0])
        ]

    seats = only_full(make.course(lambda course: bool(only_full(course))))
    seat = make.chance.choice(seats)
    return _wished(make, Twist.FULL, replace(seat, waitlist=False), seat, _FULL)


def prerequisite(make: Maker) -> Goal:
    """Something must come first, and nothing has."""
    seat = make.seat(lambda seat: _needs_courses(seat.course))
    goal = _wished(make, Twist.PREREQUISITE, seat, None, _NEEDS)
    return replace(goal, beginning=Beginning(completed=()))


def conflict(make: Maker) -> Goal:
    """At the same time as a class that is held and kept."""

    def single(seat: Seat) -> bool:
        return len(make.catalogue.offered(seat.course, seat.term)) == 1

    for _ in range(200):
        held = make.held()
        try:
            seat = make.seat(
                lambda seat, held=held: (  # type: ignore[misc]
                    single(seat)
                    and seat.code != held.code
                    and seat.term == held.term
                    and not free_of(seat.sections[0], held.sections)
                )
            )
        except NoSuchGoal:
            continue
        others = [t for t in make.catalogue.terms_of(seat.course) if t != seat.term]
        instead = make.in_term(seat.course, others[0]) if others else None
        honest = frozenset({"utter_refused_time_conflict"})
        goal = _wished(make, Twist.CONFLICT, seat, instead, honest)
        return replace(goal, beginning=Beginning(held=(held.sections[0].class_id,)))
    raise NoSuchGoal


def unknown_code(make: Maker) -> Goal:
    """A code that nobody bears; perhaps a slip for another."""
    seat = make.seat()
    code = _slip(seat.code, make.catalogue.codes, make.chance)
    opening = Saying("enroll", {"class": ("code", code), **seat.named})
    goal = _wished(make, Twist.UNKNOWN_CODE, seat, seat, _UNKNOWN)
    return replace(goal, opening=opening, steps=())


def hold(make: Maker) -> Goal:
    """A hold on the record: nothing can be added."""
    honest = frozenset({"utter_refused_enrollment_hold"})
    goal = _wished(make, Twist.HOLD, make.seat(), None, honest)
    return replace(goal, beginning=Beginning(holds=(make.chance.choice(_HOLDS),)))


def not_held(make: Maker) -> Goal:
    """A class to be dropped that isn't on the record."""
    held = make.held()
    other = make.beside(held)
    opening = Saying("drop", {"class": make.named(other.course)})
    return Goal(
        "drop", Trait.IMPOSSIBLE, Twist.NOT_HELD, opening, (Step(remove=other),),
        honest=frozenset({"utter_refused_not_enrolled"}), beginning=holding(held),
    )  # fmt: skip


def swap_refused(make: Maker) -> Goal:
    """A swap into a class that needs something first: the old seat must stay."""
    held = make.held(lambda seat: seat.course.prerequisites is None)
    wanted = make.beside(held, lambda seat: seat.term == held.term and _needs_courses(seat.course))
    classes = {"drop": make.named(held.course), "add": make.named(wanted.course)}
    return Goal(
        "swap", Trait.IMPOSSIBLE, Twist.SWAP_REFUSED, Saying("swap", classes),
        (Step(add=wanted, remove=held),), honest=_NEEDS,
        beginning=Beginning(completed=(), held=holding(held).held),
    )  # fmt: skip


def _needs_courses(course: Course) -> bool:
    return course.prerequisites is not None and "consent" not in str(course.prerequisites)


def _wished(
    make: Maker, twist: Twist, wished: Seat, instead: Seat | None, honest: frozenset[str]
) -> Goal:
    opening = Saying("enroll", {"class": make.named(wished.course), **wished.named})
    way = Step(add=instead) if instead is not None and make.maybe(_TAKES_ANOTHER) else None
    steps = (Step(add=wished),)
    return Goal("enroll", Trait.IMPOSSIBLE, twist, opening, steps, instead=way, honest=honest)


def _open(make: Maker) -> tuple[Term, ...]:
    return make.catalogue.open_terms


def _slip(code: str, known: frozenset[str], chance: random.Random) -> str:
    """The code with another letter or number at its end, so that nobody bears it."""
    subject = code.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ").rstrip("0123456789")
    while True:
        slipped = f"{subject}{chance.randint(1, 399)}{chance.choice(('', '', 'Q', 'Z', 'J'))}"
        if slipped not in known:
            return slipped
