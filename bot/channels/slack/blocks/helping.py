"""What `/quad help` answers."""

from __future__ import annotations

from bot.channels.slack.blocks.elements import sections
from bot.channels.slack.blocks.messages import SlackMessage
from bot.channels.slack.blocks.wording import escape
from bot.channels.slack.blocks.words import word


def help_message() -> SlackMessage:
    """The commands and ways to talk to Quad in Slack."""
    text = word("help")
    return SlackMessage(escape(text), sections(text))
