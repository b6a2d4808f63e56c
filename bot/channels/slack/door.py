"""The Slack door: `/webhooks/slack/webhook` for everything Slack sends, and the OAuth routes.

Listed in credentials.yml. Without SLACK_SIGNING_SECRET or SLACK_APP_TOKEN the door stays shut.
"""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint

from bot.channels.slack.shut import stay_shut
from bot.channels.slack.talking import NAME, OnMessage
from knowledge.settings import Settings


class SlackDoor(InputChannel):
    """Open or shut, by the settings."""

    @classmethod
    def name(cls) -> str:
        """The last part but one of the door's path."""
        return NAME

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> SlackDoor:
        """Called by Rasa for the entry in credentials.yml."""
        return cls(Settings.from_env())

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def blueprint(self, on_new_message: OnMessage) -> Blueprint:
        """The routes of this door."""
        door = Blueprint("slack_door")
        slack = self._settings.slack
        if slack.signing_secret is None and slack.app_token is None:
            stay_shut(door)
        else:
            # slack-bolt takes a third of a second to import: who does not use it starts without.
            from bot.channels.slack.open_door import OpenDoor

            OpenDoor(self._settings).add_to(door, on_new_message)
        return door
