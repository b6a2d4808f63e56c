"""The Home tab: the student's classes, and what can be begun from there."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.slack.axess import Records
from bot.channels.slack.blocks import HomeTab, home
from bot.channels.slack.clients import Clients
from bot.channels.slack.people import People
from bot.channels.slack.threads import Threads
from bot.notes.preferring import Preferences
from knowledge.model.students import Role


@dataclass(frozen=True)
class Home:
    """Publishes the tab for one user."""

    people: People
    records: Records
    clients: Clients
    preferences: Preferences
    threads: Threads

    async def show(self, team: str, user: str) -> None:
        """As it stands now: a student's classes, or the way to sign in."""
        principal = await self.people.speaker(team, user)
        if principal.role is Role.STUDENT:
            profile = await self.people.profile(team, user)
            held = await self.records.enrollments(principal.subject)
            seen = await self.threads.run(self.preferences.seen, principal.subject)
            timetable = await self.records.timetable(principal.subject) if held else ""
            tab = HomeTab(
                linked=True,
                enrollments=held,
                name=profile.name,
                notes=seen.wants_notes,
                timetable_address=timetable,
            )
        else:
            address = await self.people.invitation(team, user)
            tab = HomeTab(linked=False, sign_in_address=address)
        await self.clients.call(team, "views.publish", user_id=user, view=home(tab))

    async def want_notes(self, team: str, user: str, wanted: bool) -> None:
        """The switch of a linked student; the tab shows how it stands now."""
        principal = await self.people.speaker(team, user)
        if principal.role is Role.STUDENT:
            await self.threads.run(self.preferences.want, principal.subject, wanted)
        await self.show(team, user)
