"""Who a Slack user is: the linked student or a visitor; names and time zone as Slack tells them."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from urllib.parse import urlencode

from slack_sdk.errors import SlackApiError

from bot.channels.errors import Undeliverable
from bot.channels.slack.clients import Clients
from bot.channels.slack.threads import Threads
from bot.channels.slack.workspaces import Workspaces
from bot.identity.slack_links import SlackLinks, SlackUser
from knowledge.model.students import Principal

_REMEMBERED = 5_000


@dataclass(frozen=True)
class Profile:
    """What Slack tells of a user."""

    name: str = ""
    time_zone: str | None = None


class People:
    """Links, invitations and profiles."""

    def __init__(
        self,
        links: SlackLinks,
        clients: Clients,
        workspaces: Workspaces,
        threads: Threads,
        site_url: str,
    ) -> None:
        self._links = links
        self._clients = clients
        self._workspaces = workspaces
        self._threads = threads
        self._site_url = site_url
        self._profiles: OrderedDict[tuple[str, str], Profile] = OrderedDict()

    async def speaker(self, team: str, user: str) -> Principal:
        """The principal that this user speaks as; never taken from what is written."""
        return await self._threads.run(self._links.speaker, team, user)

    async def invitation(self, team: str, user: str) -> str:
        """The one-time address at which this user, signed in as a student, is linked."""
        workspace = await self._workspaces.of(team)
        profile = await self.profile(team, user)
        invited = SlackUser(team, user, workspace.name, profile.name)
        code = await self._threads.run(self._links.invite, invited)
        return f"{self._site_url}/slack/link?{urlencode({'code': code})}"

    async def sign_out(self, team: str, user: str) -> bool:
        """Forget the link; False when there was none."""
        return await self._threads.run(self._links.unlink, team, user)

    async def profile(self, team: str, user: str) -> Profile:
        """Name and zone, remembered for the process; empty when Slack does not tell."""
        key = (team, user)
        if key not in self._profiles:
            try:
                told = await self._clients.call(team, "users.info", user=user)
            except (Undeliverable, SlackApiError):
                return Profile()
            account = told.get("user") or {}
            name = account.get("real_name") or account.get("name") or ""
            self._profiles[key] = Profile(str(name), account.get("tz") or None)
            while len(self._profiles) > _REMEMBERED:
                self._profiles.popitem(last=False)
        return self._profiles[key]
