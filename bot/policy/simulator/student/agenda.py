"""An agenda-based student (Schatzmann et al. 2007): a stack of things to say, fed by what it hears.

At the bottom lies the wish, above it whatever the bot's last messages call for. The student reads
texts alone, answers by its goal, repeats in other words what did not help, and loses patience.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from bot.policy.simulator.goals.catalogue import Catalogue
from bot.policy.simulator.goals.goal import Goal, Saying, Twist
from bot.policy.simulator.student import events
from bot.policy.simulator.student.answering import Answers
from bot.policy.simulator.student.listing import from_list
from bot.policy.simulator.student.reading import Heard, read_all
from bot.policy.simulator.student.wanting import Wants
from bot.policy.simulator.values import Beginning, Change, Held, Reply, Trait, Utterance
from bot.policy.simulator.words.speaking import Speaker

_PATIENCE = 20  # messages before the student hangs up
_USELESS = 3  # replies in a row that bring nothing
_POLITE = 0.3  # of the students say thanks before they go
_MOST_PAGES = 4  # of a list before another pick is made


class Student:
    """A simulated student: the User of one conversation."""

    def __init__(self, goal: Goal, catalogue: Catalogue, chance: random.Random) -> None:
        self.goal = goal
        self._chance = chance
        self._speaker = Speaker(chance)
        self._wants = Wants(goal, catalogue)
        self._answers = Answers(goal, self._wants, chance)
        self._stack: list[Saying] = [goal.opening]
        self._last: Saying | None = None  # what was said
        # The last question: its name, its class and its choices.
        self._asked: tuple[str, str, tuple[str, ...]] | None = None
        self._message: list[tuple[str, dict[str, str]]] = []  # the bot's last one
        self._intent = ""
        self._turns = self._useless = self._pages = 0
        self._changed = self._thanked = False

    @property
    def kind(self) -> str:
        """Of the goal."""
        return self.goal.kind

    @property
    def trait(self) -> Trait:
        """Of the goal."""
        return self.goal.trait

    @property
    def beginning(self) -> Beginning:
        """The record that makes the goal what it is."""
        return self.goal.beginning

    def allows(self, change: Change, record: frozenset[Held]) -> bool:
        """Whether this change is wanted as of what was said and is wanted now."""
        return self._wants.allows(change, record)

    def content(self, record: frozenset[Held]) -> bool:
        """Whether the record and all that was told are what was wanted."""
        return self._wants.content(record)

    def speak(self, replies: Sequence[Reply]) -> Utterance | None:
        """The next message; None when everything is settled or patience is at an end."""
        if replies:
            self._react(replies)
        elif self._turns:
            self._wish_again()  # silence is no answer
        if self._turns >= _PATIENCE or self._useless >= _USELESS or not self._stack:
            return None
        self._turns += 1
        saying = self._last = self._stack.pop()
        if saying.act == "click":
            return Utterance(str(saying.values["label"]), "answer")
        utterance = self._speaker.say(saying.act, **saying.values)
        self._intent = utterance.intent
        return utterance

    def _react(self, replies: Sequence[Reply]) -> None:
        """Push what the replies call for; an empty stack afterwards means goodbye."""
        heard = read_all(replies)
        progress = self._wants.hear(heard, [reply.text for reply in replies])
        self._stack.clear()
        reaction = self._reaction(heard)
        self._useless = 0 if progress or self._is_new(heard) else self._useless + 1
        if reaction is not None:
            self._stack.append(reaction)
        elif not self._wants.settled:
            self._wish_again()
        elif not self._thanked and self._chance.random() < _POLITE:
            self._thanked = True
            self._stack.append(Saying("thanks"))

    def _reaction(self, heard: Sequence[Heard]) -> Saying | None:
        """What to say to this, by urgency: a complaint, a change of mind, an answer."""
        if self._wants.wronged:
            return Saying("complain")
        question = events.question_in(heard)
        if self._wants.refused and not self._wants.yielded:
            return self._yield(question, heard)
        unheard = self._unheard(question)
        if self._may_change(heard) and (change := self._change()) is not None:
            return change
        if unheard:
            return self.goal.change
        if (picked := self._pick(heard)) is not None:
            return picked
        if question is None or (self._wants.settled and not events.binds(question)):
            return None
        if events.UNCLEAR & question.names:
            return None
        return self._answers.to(question, self._intent)

    def _yield(self, question: Heard | None, heard: Sequence[Heard]) -> Saying | None:
        """What cannot be had is had otherwise, or given up."""
        self._wants.take_another_way()
        if question is not None and events.binds(question):
            if self._wants.open_steps:
                return self._answers.to(question, self._intent)
            return Saying("deny") if events.yes_or_no(question) else Saying("retract")
        return self._answers.another_way(heard) if self._wants.open_steps else None

    def _unheard(self, question: Heard | None) -> bool:
        """Whether a changed mind got the very same question in return."""
        before = self._asked
        self._asked = None
        if question is not None and events.binds(question):
            self._asked = (question.name.removesuffix("_again"), question.code, question.buttons)
        changed = self._last is not None and self._last is self.goal.change
        return changed and before is not None and before == self._asked

    def _may_change(self, heard: Sequence[Heard]) -> bool:
        """Once it was understood, whatever the bot did with it."""
        wavers = self.trait is Trait.CHANGED or self.goal.twist is Twist.IT
        right = self._wants.codes
        astray = any(each.code and each.code not in right for each in heard)
        ready = wavers and not self._changed and not astray
        return ready and any(events.understood(each) for each in heard)

    def _change(self) -> Saying | None:
        """The new wish, in the words that fit what has been done so far."""
        if self.goal.twist is Twist.IT and not self._wants.told:
            return None
        self._changed = True
        if self.goal.twist is Twist.DIGRESSION:
            pending = self._wants.open_steps
            return self.goal.question.saying if self.goal.question and pending else None
        if self.goal.twist is Twist.IT:
            return self.goal.change
        done = self._wants.done_steps
        self._wants.change_mind()
        if done and not self._wants.steps:
            return Saying("undo")
        if done and self.goal.twist is Twist.OTHER_CLASS:
            return self._answers.exchange(done[0], self._wants.steps[0])
        return self.goal.change

    def _pick(self, heard: Sequence[Heard]) -> Saying | None:
        """One of the classes that a search found."""
        if not self.goal.choices or self._wants.steps:
            return None
        found = next((each for each in heard if each.name.startswith("utter_found")), None)
        if found is None:
            return None
        self._pages += 1
        picked = from_list(found, self.goal.choices, self._pages == 1, self._chance)
        if picked is None:
            more = found.name == "utter_found_more" and self._pages < _MOST_PAGES
            return Saying("more") if more else None
        seat, saying = picked
        self._wants.pick(seat)
        return saying

    def _is_new(self, heard: Sequence[Heard]) -> bool:
        """Whether the bot took something in, and did not just say the same again."""
        message = [(each.name.removesuffix("_again"), dict(each.facts)) for each in heard]
        again, self._message = message == self._message, message
        return not again and any(events.understood(each) for each in heard)

    def _wish_again(self) -> None:
        """In other words; a search or a question as it was, a change of the record in full."""
        if (mending := self._answers.mending()) is not None:
            self._stack.append(mending)
        elif self._wants.open_steps:
            self._stack.append(self._answers.wish())
        elif self.goal.choices and not self._wants.steps:
            self._stack.append(self.goal.opening)
        elif self.goal.question is not None and not self._wants.told:
            self._stack.append(self.goal.question.saying)
        elif self.goal.twist is Twist.UNKNOWN_CODE or not self._changed:
            self._stack.append(self.goal.opening)
