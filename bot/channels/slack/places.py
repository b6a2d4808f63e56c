"""Where in Slack somebody speaks: a direct message, a thread, or a word to nobody but Quad."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Place:
    """One user's place; answers go there.

    A direct message is flat: it has no thread. `private`: the answer is for this user's eyes alone
    even though others are in the channel (a slash command); `response_url` leads there.
    """

    team: str
    channel: str  # "" on the Home tab: answers go to the direct message
    user: str
    thread: str | None = None
    private: bool = False
    response_url: str | None = None

    @property
    def direct(self) -> bool:
        """Whether nobody else reads here."""
        return not self.channel or self.channel.startswith("D")

    @property
    def sender(self) -> str:
        """The name of this conversation among the user's own ones (see Gate.conversation)."""
        if self.direct:
            return f"slack:{self.team}:dm"
        return f"slack:{self.team}:{self.channel}:{self.thread or 'aside'}"

    @property
    def lane(self) -> str:
        """What is said here is handled one after the other."""
        return f"{self.sender}:{self.user}"

    def as_json(self) -> dict[str, Any]:
        """For the database; the answer address of a command lives for minutes only."""
        return {
            "team": self.team,
            "channel": self.channel,
            "user": self.user,
            "thread": self.thread,
            "private": self.private,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Place:
        """The place that `as_json` wrote down; a bare team and user are the direct message."""
        return cls(
            str(data["team"]),
            str(data.get("channel") or ""),
            str(data["user"]),
            data.get("thread"),
            bool(data.get("private")),
        )


def of_message(team: str, event: Mapping[str, Any]) -> Place:
    """Where a message stands; in a channel it opens a thread, or goes on in one."""
    channel, user = str(event["channel"]), str(event["user"])
    if event.get("channel_type") == "im" or channel.startswith("D"):
        return Place(team, channel, user)
    return Place(team, channel, user, str(event.get("thread_ts") or event["ts"]))


def of_command(body: Mapping[str, Any]) -> Place:
    """Where `/quad` was typed; the answer is for who typed it.

    A direct message may be one between two people, where Quad is not: what cannot be answered in
    place goes to the user's own direct message with Quad.
    """
    team, channel, user = (str(body[key]) for key in ("team_id", "channel_id", "user_id"))
    channel = "" if channel.startswith("D") else channel
    return Place(team, channel, user, None, True, body.get("response_url") or None)


def of_click(body: Mapping[str, Any]) -> Place:
    """Where the clicked message stands; on the Home tab, the user's direct message."""
    container = body.get("container") or {}
    team, user = team_of(body), str(body["user"]["id"])
    channel = str((body.get("channel") or {}).get("id") or container.get("channel_id") or "")
    url = body.get("response_url") or None
    private = bool(container.get("is_ephemeral"))
    if not channel or channel.startswith("D"):
        return Place(team, channel, user, None, private, url)
    message = body.get("message") or {}
    noted = thread_noted(str(body["actions"][0].get("block_id") or ""))
    thread = noted or message.get("thread_ts") or container.get("thread_ts")
    return Place(team, channel, user, thread, private, url)


_NOTED = re.compile(r"@(\d{1,12}\.\d{1,8})$")


def with_thread(blocks: list[dict[str, Any]], thread: str) -> list[dict[str, Any]]:
    """The blocks with their thread noted in what can be clicked.

    Of a click on an ephemeral message Slack does not tell reliably where the message stood.
    """
    return [
        {**block, "block_id": f"{block.get('block_id') or number}@{thread}"}
        if block.get("type") == "actions"
        else block
        for number, block in enumerate(blocks)
    ]


def thread_noted(block_id: str) -> str | None:
    """The thread that `with_thread` noted."""
    found = _NOTED.search(block_id)
    return found.group(1) if found else None


def team_of(body: Mapping[str, Any]) -> str:
    """The workspace of an event or an interaction; "" where it names none."""
    named = body.get("team_id") or (body.get("team") or {}).get("id")
    return str(named or (body.get("user") or {}).get("team_id") or "")
