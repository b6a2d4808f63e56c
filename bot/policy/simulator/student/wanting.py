"""What a student wants at a moment, what it believes was done, and whether that was right.

Belief comes from the bot's texts; `allows` and `content` judge the record itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.policy.simulator.goals.catalogue import Catalogue
from bot.policy.simulator.goals.goal import Goal, Seat, Step, Twist
from bot.policy.simulator.student import events
from bot.policy.simulator.student.believing import Belief, Line
from bot.policy.simulator.student.reading import Heard
from bot.policy.simulator.values import Change, Held


class Wants:
    """The wishes of one conversation as they stand."""

    def __init__(self, goal: Goal, catalogue: Catalogue) -> None:
        self.goal = goal
        self.steps: tuple[Step, ...] = goal.steps
        self.told = False  # what was asked
        self.refused = False  # one of the honest responses was heard
        self.yielded = False  # and another way was taken, or none
        self.wronged = False  # the last thing done is not wanted
        self._initial = _initial(goal, catalogue)
        self._mistaken = _never_held(goal, self._initial)
        self._belief = Belief([*self._initial, *self._mistaken])

    @property
    def open_steps(self) -> tuple[Step, ...]:
        """What is still to be done; of a swap that was half done, the other half."""
        return tuple(self._rest(step) for step in self.steps if not self._is_done(step))

    @property
    def done_steps(self) -> tuple[Step, ...]:
        """What has been done of it."""
        return tuple(step for step in self.steps if self._is_done(step))

    def _rest(self, step: Step) -> Step:
        if step.add is None or step.remove is None:
            return step
        added, gone = self._believes(step.add), not self._believes(step.remove)
        if added:
            return Step(remove=step.remove)
        return Step(add=step.add) if gone else step

    def _is_done(self, step: Step) -> bool:
        added = step.add is None or self._believes(step.add)
        return added and (step.remove is None or not self._believes(step.remove))

    def _believes(self, seat: Seat) -> bool:
        return any(line.is_seat(seat) for line in self._belief.lines)

    @property
    def surplus(self) -> tuple[Line, ...]:
        """What is believed to be on the record and is not wanted there."""
        known = [
            *self._initial,
            *self._mistaken,
            *(step.add for step in self.steps if step.add is not None),
        ]
        return tuple(
            line for line in self._belief.lines if not any(line.is_seat(seat) for seat in known)
        )

    @property
    def lost(self) -> tuple[Seat, ...]:
        """What was held, is still wanted and believed to be gone."""
        return tuple(seat for seat in self._kept if not self._believes(seat))

    @property
    def _kept(self) -> tuple[Seat, ...]:
        removed = {step.remove for step in self.steps}
        return tuple(seat for seat in self._initial if seat not in removed)

    @property
    def codes(self) -> frozenset[str]:
        """Every class that was or may yet be spoken of."""
        steps = (*self.goal.steps, *self.steps, *(self.goal.later or ()))
        asked = self.goal.question.about if self.goal.question is not None else ()
        return frozenset(asked).union(*(step.codes for step in steps))

    @property
    def settled(self) -> bool:
        """Whether there is nothing more to talk about."""
        asked = self.goal.question is None or self.told
        looking = bool(self.goal.choices) and not self.steps
        waiting = bool(self.goal.honest) and not self.refused
        wrong = bool(self.surplus or self.lost)
        return not (self.open_steps or wrong or looking or waiting or not asked)

    def hear(self, heard: Sequence[Heard], texts: Sequence[str]) -> bool:
        """Take in what the bot says; True when it brought the goal forward."""
        before = (self.told, self.refused, len(self._belief.lines))
        if self.goal.question is not None:
            self.told |= any(self.goal.question.answered_by(text) for text in texts)
        self.refused |= any(self.goal.honest & each.names for each in heard)
        effects = [effect for each in heard if (effect := events.effect_of(each)) is not None]
        for effect in effects:
            self._belief.take(effect)
        self.wronged = bool(effects) and self._is_wrong(effects[-1])
        return bool(effects) or before != (self.told, self.refused, len(self._belief.lines))

    def _is_wrong(self, effect: events.Effect) -> bool:
        """Whether the last effect is one that a word to undo it would mend."""
        if effect.undone:
            return False
        codes = {line.code for line in self.surplus} | {seat.code for seat in self.lost}
        return bool(codes & {effect.code, effect.dropped})

    def take_another_way(self) -> None:
        """After a refusal: the other way, if one is accepted."""
        self.yielded = True
        for seat in self._mistaken:
            self._belief.forget(seat.code)
        self.steps = (self.goal.instead,) if self.goal.instead is not None else ()

    def change_mind(self) -> None:
        """From now on something else is wanted."""
        if self.goal.later is not None:
            self.steps = self.goal.later

    def pick(self, seat: Seat) -> None:
        """From now on this class of a list is wanted."""
        self.steps = (Step(add=seat),)

    def allows(self, change: Change, record: frozenset[Held]) -> bool:
        """Whether the record may change like this: towards what is wanted, or back. What is given
        up for another class may go only when that one is there.
        """
        held = change.held
        wanted = any(step.add is not None and step.add.is_held(held) for step in self.steps)
        leaving = any(
            step.remove is not None
            and step.remove.is_held(held)
            and (step.add is None or any(step.add.is_held(item) for item in record))
            for step in self.steps
        )
        own = any(seat.is_held(held) for seat in self._initial)
        if change.added:
            return wanted or own  # what was held comes back by an undoing alone
        return leaving or not (wanted or own)

    def content(self, record: frozenset[Held]) -> bool:
        """Whether the record is as it was but for the wanted steps, and what was asked is told."""
        honest = not self.goal.honest or self.refused
        looked = not self.goal.choices or bool(self.steps)
        asked = self.told or self.goal.question is None or self.goal.twist is Twist.IT
        return honest and looked and asked and self._is_as_wanted(record)

    def _is_as_wanted(self, record: frozenset[Held]) -> bool:
        wanted = [*self._kept, *(step.add for step in self.steps if step.add is not None)]
        left = sorted(record)
        for seat in wanted:
            held = next((item for item in left if seat.is_held(item)), None)
            if held is None:
                return False
            left.remove(held)
        return not left


def _initial(goal: Goal, catalogue: Catalogue) -> tuple[Seat, ...]:
    """The classes held at the beginning; those of a step as the step knows them."""
    known = {
        class_id: step.remove
        for step in goal.steps
        if step.remove is not None
        for class_id in step.remove.class_ids
    }
    return tuple(
        known.get(class_id) or _seat_of(class_id, catalogue) for class_id in goal.beginning.held
    )


def _never_held(goal: Goal, initial: tuple[Seat, ...]) -> tuple[Seat, ...]:
    """What the student wants to leave and isn't in: it believes to be."""
    leaving = (step.remove for step in goal.steps)
    return tuple(seat for seat in leaving if seat is not None and seat not in initial)


def _seat_of(class_id: int, catalogue: Catalogue) -> Seat:
    course, section = catalogue.by_number[class_id]
    return Seat(course, section.term, (section,))
