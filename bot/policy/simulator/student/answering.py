"""Answers to the bot's questions, by what the student wants and not by what the bot assumes."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from bot.policy.simulator.goals.goal import Goal, Saying, Seat, Step
from bot.policy.simulator.student import choosing, events
from bot.policy.simulator.student.reading import Heard, code_in
from bot.policy.simulator.student.wanting import Wants

_WITH_YEAR = 0.5  # of the answers to "which quarter?" tell the year as well
_JUST_THE_TERM = 0.5  # of the answers to "just name the quarter" do so


class Answers:
    """Knows the goal and what is wanted at the moment."""

    def __init__(self, goal: Goal, wants: Wants, chance: random.Random) -> None:
        self._goal = goal
        self._wants = wants
        self._chance = chance
        self._preferred = False
        self._by_name: tuple[tuple[str, Callable[[Heard, Step], Saying]], ...] = (
            ("utter_ask_class_swap_drop", self._given_up),
            ("utter_ask_class_drop", self._given_up),
            ("utter_ask_class", self._class),
            ("utter_ask_quarter", self._quarter),
            ("utter_ask_year", self._year),
            ("utter_which_section", self._section),
            ("utter_other_sections", self._section),
            ("utter_which_linked", self._linked),
            ("utter_which_enrollment", self._enrollment),
            ("utter_which_course", self._course),
            ("utter_did_you_mean", self._course),
            ("utter_several_titles", self._course),
            ("utter_confirm_enroll", self._confirm),
            ("utter_confirm_drop", self._confirm),
            ("utter_confirm_swap", self._confirm),
            ("utter_confirm_move", self._confirm),
            ("utter_offer_move", self._confirm),
            ("utter_confirm_retry", self._yes),
            ("utter_confirm_waitlist", self._waitlist),
            ("utter_offer_waitlist", self._waitlist),
        )

    def to(self, question: Heard, intent: str) -> Saying | None:
        """What to answer; None when the wish itself is the best answer."""
        if question.name.startswith("utter_ask_meaning"):
            return choosing.reading(question.buttons, intent, self._wants.codes)
        if question.name.startswith("utter_confirm_undo"):
            return Saying("affirm" if self._undoing(question) else "deny")
        step = self._step(question)
        if step is None:
            return self._unwanted(question)
        for name, answer in self._by_name:
            if question.name.startswith(name):
                return answer(question, step)
        return self._unwanted(question) if events.yes_or_no(question) else None

    def wish(self) -> Saying:
        """The first open step, said in full."""
        step = self._wants.open_steps[0]
        code: dict[str, tuple[str, str] | str] = {}
        if step.add is not None:
            code = {"class": ("code", step.add.code)}
        if step.act == "enroll" and step.add is not None:
            return Saying("enroll", {**code, **step.add.named})
        if step.remove is None:
            raise LookupError(step)
        gone = ("code", step.remove.code)
        if step.add is None:
            return Saying("drop", {"class": gone})
        if step.act == "move":
            return Saying("move", {"drop": gone, **step.add.named})
        return Saying("swap", {"drop": gone, "add": ("code", step.add.code)})

    def another_way(self, heard: Sequence[Heard]) -> Saying:
        """The wish for another term: all of it, or just the term where the bot asks for that."""
        seat = self._wants.open_steps[0].add
        named = any("utter_also_offered" in each.names for each in heard)
        if seat is not None and named and self._chance.random() < _JUST_THE_TERM:
            return Saying("quarter", seat.named)
        return self.wish()

    def mending(self) -> Saying | None:
        """The word that sets right what was done and isn't wanted; None when there is no such."""
        if self._wants.surplus:
            return Saying("drop", {"class": ("code", self._wants.surplus[0].code)})
        if self._wants.lost:
            seat = self._wants.lost[0]
            return Saying("enroll", {"class": ("code", seat.code), **seat.named})
        return None

    def exchange(self, done: Step, wanted: Step) -> Saying:
        """A class that was just taken for the one wanted now."""
        if done.add is None or wanted.add is None:
            raise LookupError(wanted)
        return Saying("swap", {"drop": ("code", done.add.code), "add": ("code", wanted.add.code)})

    def _step(self, question: Heard) -> Step | None:
        """The wish that the question is about: of the class it names, else the first."""
        steps = self._wants.open_steps
        code = question.code
        return next((step for step in steps if code in step.codes), steps[0] if steps else None)

    def _unwanted(self, question: Heard) -> Saying:
        """An answer to a question about nothing that is wanted."""
        return Saying("deny" if events.yes_or_no(question) else "retract")

    def _undoing(self, question: Heard) -> bool:
        return bool(self._wants.surplus or self._wants.lost)

    def _class(self, question: Heard, step: Step) -> Saying:
        return _named(step.add)

    def _given_up(self, question: Heard, step: Step) -> Saying:
        return _named(step.remove)

    def _quarter(self, question: Heard, step: Step) -> Saying:
        seat = _seat(step)
        if question.code and question.code not in step.codes:
            return _other_class(seat)
        if self._chance.random() < _WITH_YEAR:
            return Saying("quarter", seat.named)
        return Saying("quarter", {"quarter": seat.named["quarter"]})

    def _year(self, question: Heard, step: Step) -> Saying:
        seat = _seat(step)
        if question.code and question.code not in step.codes:
            return _other_class(seat)
        if question.get("quarter") != seat.named["quarter"]:
            return Saying("correct_quarter", seat.named)
        return Saying("year", {"year": seat.named["year"]})

    def _section(self, question: Heard, step: Step) -> Saying:
        seat = _seat(step)
        if question.code and question.code not in step.codes:
            return _other_class(seat)
        if self._goal.preference is not None and not self._preferred:
            self._preferred = True  # not understood, a number or a place may be
            return self._goal.preference
        return choosing.section(question.buttons, seat, self._chance) or Saying("deny")

    def _linked(self, question: Heard, step: Step) -> Saying:
        return choosing.linked(question.buttons, self._chance) or Saying("deny")

    def _enrollment(self, question: Heard, step: Step) -> Saying:
        seat = step.remove or _seat(step)
        return choosing.enrollment(question.buttons, seat) or Saying("correct_quarter", seat.named)

    def _course(self, question: Heard, step: Step) -> Saying:
        wanted = [code for code in step.codes if _among(code, question)]
        seat = step.add if step.add is not None else step.remove
        code = wanted[0] if wanted else seat.code if seat is not None else ""
        return choosing.course(question, code, self._chance)

    def _confirm(self, question: Heard, step: Step) -> Saying:
        """Yes to just what is wanted; else what is wrong about it."""
        seat = step.add or step.remove
        act = question.name.removeprefix("utter_confirm_").removeprefix("utter_offer_")
        same_act = act.removesuffix("_again") == step.act or act.startswith("move")
        if seat is None or (not same_act and {act, step.act} != {"swap", "move"}):
            return Saying("deny")
        if question.code != seat.code:
            return _other_class(seat)
        when = question.get("when").split() or [question.get("quarter"), question.get("year")]
        if any(when) and not seat.is_term(when[0], when[-1]):
            return Saying("correct_quarter", seat.named)
        given_up = code_in(question.get("dropped"))
        if given_up and step.remove is not None and given_up != step.remove.code:
            return Saying("deny")
        return Saying("affirm")

    def _waitlist(self, question: Heard, step: Step) -> Saying:
        seat = _seat(step)
        if question.code != seat.code:
            return _other_class(seat)
        return Saying("affirm" if seat.waitlist else "deny")

    def _yes(self, question: Heard, step: Step) -> Saying:
        return Saying("affirm")


def _seat(step: Step) -> Seat:
    seat = step.add or step.remove
    if seat is None:
        raise LookupError(step)
    return seat


def _named(seat: Seat | None) -> Saying:
    """The class asked for; a question for what isn't wanted is one too many."""
    return Saying("retract") if seat is None else Saying("class", {"class": ("code", seat.code)})


def _other_class(seat: Seat) -> Saying:
    return Saying("correct_class", {"class": ("code", seat.code)})


def _among(code: str, question: Heard) -> bool:
    return any(label.startswith(f"{code} ") for label in question.buttons)
