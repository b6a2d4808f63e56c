"""The tables of the doors (SQLAlchemy 2.0). Moments are UTC without a zone."""

from bot.storage.tables.base import Base
from bot.storage.tables.check_in import CheckInRow, FaceTemplateRow
from bot.storage.tables.identity import OneTimeCodeRow, SignInRow
from bot.storage.tables.messages import HandledMessageRow, WaitingMessageRow
from bot.storage.tables.notes import NoteRow, NotesProgressRow, ReachRow
from bot.storage.tables.slack import SlackEventRow, SlackInstallRow, SlackLinkRow, SlackPlaceRow

__all__ = [
    "Base",
    "CheckInRow",
    "FaceTemplateRow",
    "HandledMessageRow",
    "NoteRow",
    "NotesProgressRow",
    "OneTimeCodeRow",
    "ReachRow",
    "SignInRow",
    "SlackEventRow",
    "SlackInstallRow",
    "SlackLinkRow",
    "SlackPlaceRow",
    "WaitingMessageRow",
]
