"""What a student wants at a moment, what it believes was done, and whether that was right.

Belief comes from the bot's texts; `allows` and `content` judge the record itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.policy.simulator import events
from bot.policy.simulator.catalogue import Catalogue
from bot.policy.simulator.goals import Goal, Seat, Step, Twist
from bot.policy.simulator.reading import Heard
from bot.policy.simulator.values import Change, Held


class Wants:
    """The wishes of one conversation as they stand."""

    def __init__(self, goal: Goal, catalogue: Catalogue) -> None:
        self.goal = goal
        self.steps: tuple[Step, ...] = goal.steps
        self.told = False  # what was asked
        self.refused = False  # one of the honest responses was heard
        self.yielded = False  # and another way was taken, or none
        self.wronged = False  # something was done that is not wanted
        self._catalogue = catalogue
        self._done: set[Step] = set()
        self._added: set[Seat] = set()  # seats that were wanted once and taken
        self._initial = _initial(goal, catalogue)

    @property
    def open_steps(self) -> tuple[Step, ...]:
        """What is still to be done."""
        return tuple(step for step in self.steps if step not in self._done)

    @property
    def done_steps(self) -> tuple[Step, ...]:
        """What has been done of it."""
        return tuple(step for step in self.steps if step in self._done)

    @property
    def to_undo(self) -> bool:
        """Whether a seat is believed to be held that is not wanted any more."""
        wanted = {step.add for step in self.steps}
        return self.wronged or any(seat not in wanted for seat in self._added)

    @property
    def settled(self) -> bool:
        """Whether there is nothing more to talk about."""
        asked = self.goal.question is None or self.told
        looking = bool(self.goal.choices) and not self.steps
        waiting = bool(self.goal.honest) and not self.refused
        return not (self.open_steps or self.to_undo or looking or waiting or not asked)

    def hear(self, heard: Sequence[Heard], texts: Sequence[str]) -> bool:
        """Take in what the bot says; True when it brought the goal forward."""
        before = (self.told, self.refused, len(self._done), self.wronged)
        self.wronged = False
        if self.goal.question is not None:
            self.told |= any(self.goal.question.answered_by(text) for text in texts)
        for each in heard:
            self.refused |= bool(self.goal.honest & each.names)
            self._note(each)
        return before != (self.told, self.refused, len(self._done), self.wronged)

    def _note(self, heard: Heard) -> None:
        effect = events.effect_of(heard)
        if effect is None:
            return
        if effect.undone:
            self._take_back(effect)
            return
        step = next((s for s in self.steps if events.is_of(effect, s, self._catalogue)), None)
        if step is None:
            self.wronged = not self._gone(effect)
            return
        self._done.add(step)
        gone = {effect.code, effect.dropped}
        self._added = {seat for seat in self._added if seat.code not in gone}
        if step.add is not None:
            self._added.add(step.add)

    def _take_back(self, effect: events.Effect) -> None:
        """Something was undone: what was wanted of it is open again, or well gone."""
        self._done = {s for s in self._done if effect.code not in s.codes}
        self._added = {seat for seat in self._added if seat.code != effect.code}

    def _gone(self, effect: events.Effect) -> bool:
        """Whether a class went that isn't wanted any more."""
        unwanted = {seat.code for seat in self._added} - {c for s in self.steps for c in s.codes}
        if effect.act == "drop" and effect.code in unwanted:
            self._take_back(effect)
            return True
        return False

    def take_another_way(self) -> None:
        """After a refusal: the other way, if one is accepted."""
        self.yielded = True
        self.steps = (self.goal.instead,) if self.goal.instead is not None else ()

    def change_mind(self) -> None:
        """From now on something else is wanted."""
        if self.goal.later is not None:
            self.steps = self.goal.later

    def pick(self, seat: Seat) -> None:
        """From now on this class of a list is wanted."""
        self.steps = (Step(add=seat),)

    def allows(self, change: Change) -> bool:
        """Whether the record may change like this: towards what is wanted, or back."""
        held = change.held
        wanted = any(step.add is not None and step.add.is_held(held) for step in self.steps)
        leaving = any(step.remove is not None and step.remove.is_held(held) for step in self.steps)
        own = any(seat.is_held(held) for seat in self._initial)
        if change.added:
            return wanted or (own and not leaving)
        return leaving or not (wanted or own)

    def content(self, record: frozenset[Held]) -> bool:
        """Whether the record is as it was but for the wanted steps, and what was asked is told."""
        honest = not self.goal.honest or self.refused
        looked = not self.goal.choices or bool(self.steps)
        asked = self.told or self.goal.question is None or self.goal.twist is Twist.IT
        return honest and looked and asked and self._is_as_wanted(record)

    def _is_as_wanted(self, record: frozenset[Held]) -> bool:
        removed = {step.remove for step in self.steps}
        wanted = [seat for seat in self._initial if seat not in removed]
        wanted += [step.add for step in self.steps if step.add is not None]
        left = list(record)
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


def _seat_of(class_id: int, catalogue: Catalogue) -> Seat:
    course, section = catalogue.by_number[class_id]
    return Seat(course, section.term, (section,))
