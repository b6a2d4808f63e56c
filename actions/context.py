"""What every action is given: who speaks, the dialogue state, the services and the texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.local_times import beside
from actions.reporting import QuestionReporter
from actions.skill_jobs import SkillJobs
from actions.texts import Texts
from bot.dialogue.filling import Clock
from bot.dialogue.state import DialogueState
from bot.dialogue.zones import known_zone
from knowledge.clients.advising import AdvisingClient
from knowledge.clients.axess import AxessClient
from knowledge.clients.explorecourses import ExploreCoursesClient
from knowledge.clients.notes import NotesClient
from knowledge.lectures.finder import LectureFinder
from knowledge.model.terms import AcademicCalendar, Quarter, Term

SLOT = "dialogue"


@dataclass(frozen=True)
class Services:
    """Everything actions call, made once by the composition root."""

    axess: AxessClient
    catalogue: ExploreCoursesClient
    advising: AdvisingClient
    lectures: LectureFinder
    skills: SkillJobs
    texts: Texts
    clock: Callable[[], date]
    questions: QuestionReporter
    notes: NotesClient
    site_url: str  # where students find the catalogue's pages

    async def academic_clock(self) -> Clock:
        """The calendar and today's date."""
        return Clock(await self.catalogue.calendar(), self.clock())


@dataclass
class Exchange:
    """One action call: the state it began with, the replies it makes, the state it leaves."""

    tracker: Tracker
    dispatcher: CollectingDispatcher
    services: Services
    state: DialogueState
    calendar: AcademicCalendar | None = None  # of who reads the times elsewhere

    @classmethod
    def begin(
        cls, tracker: Tracker, dispatcher: CollectingDispatcher, services: Services
    ) -> Exchange:
        """Read the state from the slot."""
        state = DialogueState.from_json(tracker.get_slot(SLOT))
        return cls(tracker, dispatcher, services, state)

    @property
    def message(self) -> dict[str, Any]:
        """Rasa's parse of the latest message."""
        latest: dict[str, Any] = self.tracker.latest_message
        return latest

    @property
    def principal(self) -> dict[str, str]:
        """The speaker as the door verified it."""
        metadata = self.message.get("metadata") or {}
        principal: dict[str, str] = metadata.get("principal") or {}
        return principal

    @property
    def suid(self) -> str:
        """The verified student's number; acts on the record are never reached without one."""
        return self.principal["subject"]

    @property
    def client(self) -> dict[str, Any]:
        """What the client told about the message: an upload, its locale."""
        metadata = self.message.get("metadata") or {}
        client: dict[str, Any] = metadata.get("client") or {}
        return client

    @property
    def zone(self) -> ZoneInfo | None:
        """Where the student's clock stands, when the client has told."""
        return known_zone(self.client.get("time_zone", ""))

    def times(self, text: str, quarter: str, year: int) -> str:
        """Meetings of a term as they are told: with the student's own time, who is elsewhere."""
        dates = self.calendar.find(Term(Quarter(quarter), year)) if self.calendar else None
        if dates is None:
            return text
        return beside(self.services.texts, text, self.zone, dates.starts, dates.ends)

    def say(self, response: str, buttons: list[str] | None = None, /, **facts: Any) -> None:
        """Utter a response of the domain; each button sends its own label."""
        self.tell(self.services.texts.render(response, self.state.turn, **facts), buttons)

    def tell(
        self, text: str, buttons: list[str] | None = None, custom: dict[str, Any] | None = None
    ) -> None:
        """Utter a text that has been rendered; each button sends its own label.

        `custom` says the same for doors that show cards (actions/cards.py).
        """
        shown = [{"title": label, "payload": label} for label in buttons or ()]
        self.dispatcher.utter_message(text=text, buttons=shown, json_message=custom)

    def offer(self, text: str, choices: Sequence[tuple[str, str]]) -> None:
        """Utter a text with buttons that send something else than their label."""
        shown = [{"title": title, "payload": payload} for title, payload in choices]
        self.dispatcher.utter_message(text=text, buttons=shown)

    def part(self, response: str, /, **facts: Any) -> str:
        """A piece of a longer text, from the same place as all others."""
        return self.services.texts.render(response, self.state.turn, **facts)

    def units(self, number: int | str) -> str:
        """ "1 unit", "4 units", "3-5 units"."""
        one = str(number) == "1"
        return self.part("utter_part_unit" if one else "utter_part_units", units=number)

    def end(self) -> list[dict[str, Any]]:
        """The events of this action: the state, marked as having taken a step."""
        event: dict[str, Any] = SlotSet(SLOT, self.state.stepped().to_json())
        return [event]
