"""Replies, forms and the Home tab in Slack's Block Kit: pure, called by the Slack door.

`messages` gives a reply as as many messages as it needs, `message` as one (for places that hold
but one, such as an ephemeral answer); `uploads` names the pictures and files that are left to the
door. Actions whose id begins with `SAY` say something to the bot (`said`); `PAGE` is a link and
asks for nothing; `OPEN_FORM`, `NOTES_ON`, `NOTES_OFF` and `UNLINK` stand on the Home tab.
"""

from bot.channels.slack.blocks.cards import PAGE
from bot.channels.slack.blocks.choices import SAY, said
from bot.channels.slack.blocks.helping import help_message
from bot.channels.slack.blocks.home import (
    HOME,
    NOTES_OFF,
    NOTES_ON,
    OPEN_FORM,
    UNLINK,
    HomeTab,
    home,
)
from bot.channels.slack.blocks.messages import SlackMessage, Upload, message, messages, uploads
from bot.channels.slack.blocks.modal import (
    ENROLL,
    MetadataTooLong,
    ModalRefused,
    Prefilled,
    enroll_modal,
    modal_said,
)
from bot.channels.slack.blocks.settling import settled

__all__ = [
    "ENROLL",
    "HOME",
    "NOTES_OFF",
    "NOTES_ON",
    "OPEN_FORM",
    "PAGE",
    "SAY",
    "UNLINK",
    "HomeTab",
    "MetadataTooLong",
    "ModalRefused",
    "Prefilled",
    "SlackMessage",
    "Upload",
    "enroll_modal",
    "help_message",
    "home",
    "message",
    "messages",
    "modal_said",
    "said",
    "settled",
    "uploads",
]
