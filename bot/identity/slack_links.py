"""Which student a Slack user is, as the student's own sign-in in a browser said. Calls block."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete

from bot.identity.one_time import OneTimeCodes
from bot.storage.database import DoorDatabase
from bot.storage.tables import SlackLinkRow
from knowledge.model.students import Principal, Role
from knowledge.storage import moments

PURPOSE = "slack-link"
LIFETIME = timedelta(minutes=10)


@dataclass(frozen=True)
class SlackUser:
    """A Slack user of one workspace, with the names to show before linking."""

    team: str
    user: str
    team_name: str = ""
    user_name: str = ""

    @classmethod
    def read(cls, payload: Mapping[str, Any]) -> SlackUser:
        """From what a one-time code stands for."""
        return cls(**{key: str(payload.get(key) or "") for key in cls.__dataclass_fields__})


class SlackLinks:
    """Links Slack users to students by one-time addresses."""

    def __init__(self, database: DoorDatabase) -> None:
        self._database = database
        self._codes = OneTimeCodes(database)

    def invite(self, slack_user: SlackUser) -> str:
        """A code for the address that only this Slack user is shown; good for ten minutes, once."""
        return self._codes.issue(PURPOSE, asdict(slack_user), LIFETIME)

    def invited(self, code: str) -> SlackUser:
        """Whom a code would link; raise NotSignedIn."""
        return SlackUser.read(self._codes.look(PURPOSE, code))

    def link(self, code: str, student: Principal) -> SlackUser:
        """Link whom the code stands for with the student, and spend it; raise NotSignedIn."""
        linked = SlackUser.read(self._codes.redeem(PURPOSE, code))
        row = SlackLinkRow(
            team_id=linked.team,
            user_id=linked.user,
            subject=student.subject,
            linked_at=moments.now(),
        )
        self._database.units.transact(lambda work: work.session.merge(row))
        return linked

    def unlink(self, team: str, user: str) -> bool:
        """Sign out; False when there was no link."""
        mine = SlackLinkRow.team_id == team, SlackLinkRow.user_id == user
        gone = delete(SlackLinkRow).where(*mine).returning(SlackLinkRow.user_id)
        return self._database.units.transact(
            lambda work: work.session.execute(gone).first() is not None
        )

    def speaker(self, team: str, user: str) -> Principal:
        """The linked student, or a visitor that is this Slack user's alone."""
        with self._database.units.read() as work:
            row = work.session.get(SlackLinkRow, (team, user))
            if row is not None:
                return Principal(row.subject, Role.STUDENT)
        return Principal(f"slack:{team}:{user}", Role.ANONYMOUS)
