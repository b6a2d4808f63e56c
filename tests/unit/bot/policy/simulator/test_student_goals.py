"""Goals of simulated students: the same for a seed, hard often enough, and within reach."""

from __future__ import annotations

from collections import Counter

from bot.policy.simulator.goals.catalogue import Catalogue, free_of
from bot.policy.simulator.goals.draw import draw
from bot.policy.simulator.goals.goal import TRAITS, Goal, Twist
from bot.policy.simulator.values import Change, Held, Trait
from knowledge.model.courses import Section

MANY = 1_500


def goals(offerings: Catalogue) -> list[Goal]:
    return [draw(seed, offerings).goal for seed in range(MANY)]


def held_at_first(goal: Goal, offerings: Catalogue) -> tuple[Section, ...]:
    return tuple(offerings.by_number[class_id][1] for class_id in goal.beginning.held)


def test_a_third_and_more_is_not_plain(offerings: Catalogue) -> None:
    traits = Counter(goal.trait for goal in goals(offerings))
    assert traits[Trait.PLAIN] / MANY < 2 / 3
    assert min(traits[trait] for trait in Trait) > MANY / 10


def test_every_kind_and_every_twist_is_drawn(offerings: Catalogue) -> None:
    drawn = goals(offerings)
    assert {goal.twist for goal in drawn} == set(Twist)
    assert all(goal.twist in TRAITS[goal.trait] for goal in drawn)
    kinds = {"enroll", "drop", "swap", "move", "find", "ask", "my_schedule", "inform"}
    assert {goal.kind for goal in drawn} == kinds


def test_the_same_seed_is_the_same_student(offerings: Catalogue) -> None:
    for seed in range(60):
        one, two = draw(seed, offerings), draw(seed, offerings)
        assert one.goal.opening == two.goal.opening
        assert one.beginning == two.beginning
        assert one.speak([]) == two.speak([])


def test_what_is_wanted_can_be_had(offerings: Catalogue) -> None:
    """Seats, term and hours; only what is impossible by its twist is not."""
    for goal in goals(offerings):
        possible = goal.later if goal.later is not None else goal.steps
        if goal.trait is Trait.IMPOSSIBLE:
            possible = (goal.instead,) if goal.instead is not None else ()
        held = held_at_first(goal, offerings)
        for step in possible:
            if step.add is None:
                continue
            assert step.add.term in offerings.open_terms
            assert step.add.sections
            assert step.add.waitlist or all(s.seats_left for s in step.add.sections)
            given_up = step.remove.class_ids if step.remove is not None else frozenset()
            kept = tuple(section for section in held if section.class_id not in given_up)
            assert any(free_of(section, kept) for section in step.add.sections), goal.twist


def test_what_cannot_be_had_has_its_reason(offerings: Catalogue) -> None:
    for goal in (g for g in goals(offerings) if g.trait is Trait.IMPOSSIBLE):
        assert goal.honest
        for step in goal.steps:
            seat = step.add
            if goal.twist is Twist.FULL and seat is not None:
                assert not any(section.seats_left for section in seat.sections)
            if goal.twist is Twist.NOT_OFFERED and seat is not None:
                assert not offerings.offered(seat.course, seat.term)
            if goal.twist is Twist.CLOSED_TERM and seat is not None:
                assert seat.term not in offerings.open_terms
            if goal.twist is Twist.CONFLICT and seat is not None:
                assert not free_of(seat.sections[0], held_at_first(goal, offerings))
            if goal.twist in (Twist.PREREQUISITE, Twist.SWAP_REFUSED) and seat is not None:
                assert seat.course.prerequisites is not None
                assert goal.beginning.completed == ()
            if goal.twist is Twist.NOT_HELD and step.remove is not None:
                assert not step.remove.class_ids & set(goal.beginning.held)


def test_only_the_wanted_change_is_allowed(offerings: Catalogue) -> None:
    for seed in range(300):
        student = draw(seed, offerings)
        for step in student.goal.steps:
            if step.add is not None and step.add.sections:
                section = step.add.sections[0]
                term = (section.term.quarter.value, section.term.year)
                wanted = Held(step.add.code, *term, "enrolled", section.class_id)
                assert student.allows(Change(True, wanted), frozenset({wanted}))
                waiting = Held(step.add.code, *term, "waitlisted", section.class_id)
                assert student.allows(Change(True, waiting), frozenset()) is step.add.waitlist
                other = Held("NOPE1", *term, "enrolled", 1)
                assert not student.allows(Change(True, other), frozenset())
        for class_id in student.beginning.held:
            course, section = offerings.by_number[class_id]
            term = (section.term.quarter.value, section.term.year)
            held = Held(str(course.code), *term, "enrolled", class_id)
            leaving = [
                step
                for step in student.goal.steps
                if step.remove is not None and class_id in step.remove.class_ids
            ]
            alone = any(step.add is None for step in leaving)
            assert student.allows(Change(False, held), frozenset()) is alone
            instead = frozenset(
                Held(step.add.code, *_term_of(part), "enrolled", part.class_id)
                for step in leaving
                if step.add is not None
                for part in step.add.sections
            )
            assert student.allows(Change(False, held), instead) is bool(leaving)


def _term_of(section: Section) -> tuple[str, int]:
    return section.term.quarter.value, section.term.year
