"""Every table that can say something about a student: whose its rows are, and how long they stay.

Export, erasure and retention all go by this list; `NOBODYS` names the tables without anybody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, cast, or_
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute

from bot.privacy.person import Person
from bot.storage import tables as doors
from knowledge.storage import orm

Whose = Callable[[Person], ColumnElement[bool]]


@dataclass(frozen=True)
class Held:
    """Rows of one table about a person.

    `record` marks the education record, which is Axess' and stays when Quad's own data goes;
    `ages` is the moment after which a row is kept for the retention time, None for ever.
    """

    row: type[DeclarativeBase]
    whose: Whose
    tells: str
    record: bool = False
    ages: InstrumentedAttribute[Any] | None = None
    spared: ColumnElement[bool] | None = None  # rows that do not age

    @property
    def name(self) -> str:
        """The table's name, which is also the part's in an export."""
        return str(self.row.__tablename__)


def mentions(column: InstrumentedAttribute[Any], person: Person) -> ColumnElement[bool]:
    """Whether a text or JSON column holds the number or the name."""
    text = cast(column, String)
    return or_(*(text.icontains(mark, autoescape=True) for mark in person.marks))


def _by(column: InstrumentedAttribute[Any]) -> Whose:
    return lambda person: column == person.suid


def _talked(column: InstrumentedAttribute[Any]) -> Whose:
    return lambda person: column.in_(person.conversations)


def _permission(person: Person) -> ColumnElement[bool]:
    row = orm.PermissionRow
    return or_(row.suid == person.suid, row.used_by == person.suid)


def audited(person: Person) -> ColumnElement[bool]:
    """Entries of the audit log by the student, about the student, or with the number in them."""
    row = orm.AuditRow
    facts = (cast(each, String).contains(person.suid) for each in (row.before, row.after))
    mine = row.key == person.suid, row.key.startswith(f"{person.suid}/")
    return or_(row.actor == person.suid, *mine, *facts)


HELD = (
    Held(orm.EnrollmentRow, _by(orm.EnrollmentRow.suid), "classes and waitlists", record=True),
    Held(orm.WithdrawalRow, _by(orm.WithdrawalRow.suid), "withdrawals (W)", record=True),
    Held(orm.CompletionRow, _by(orm.CompletionRow.suid), "repeated courses", record=True),
    Held(orm.PetitionRow, _by(orm.PetitionRow.suid), "petitions for more units", record=True),
    Held(orm.PermissionRow, _permission, "permission numbers given or used", record=True),
    Held(orm.StudentRow, _by(orm.StudentRow.suid), "number, name, programme, holds", record=True),
    Held(orm.AuditRow, audited, "who changed what of the record, and when", record=True),
    Held(
        orm.AnswerRow,
        _by(orm.AnswerRow.subject),
        "answers of Axess kept so that a repeated request acts once",
        ages=orm.AnswerRow.created_at,
    ),
    Held(
        orm.QuestionRow,
        lambda person: mentions(orm.QuestionRow.text, person),
        "questions (kept without their asker) in which number or name were typed",
        ages=orm.QuestionRow.at,
    ),
    Held(
        doors.SignInRow,
        _by(doors.SignInRow.subject),
        "sign-ins; of secrets only hashes are kept",
        ages=doors.SignInRow.expires_at,
    ),
    Held(
        doors.OneTimeCodeRow,
        lambda person: mentions(doors.OneTimeCodeRow.payload, person),
        "one-time codes; of codes only hashes are kept",
        ages=doors.OneTimeCodeRow.expires_at,
    ),
    Held(
        doors.HandledMessageRow,
        _talked(doors.HandledMessageRow.conversation),
        "answers kept so that a resent message acts once",
        ages=doors.HandledMessageRow.claimed_at,
    ),
    Held(
        doors.WaitingMessageRow,
        _talked(doors.WaitingMessageRow.conversation),
        "messages that wait for the conversation's next visit",
        ages=doors.WaitingMessageRow.put_at,
    ),
    Held(
        doors.ReachRow,
        _by(doors.ReachRow.subject),
        "the door used last, the time zone, and whether notes are wanted",
        ages=doors.ReachRow.used_at,
        spared=doors.ReachRow.notes_off_at.is_not(None),  # a "no" is not forgotten
    ),
    Held(doors.NoteRow, _by(doors.NoteRow.subject), "proactive notes", ages=doors.NoteRow.made_at),
    Held(
        doors.FaceTemplateRow,
        _by(doors.FaceTemplateRow.subject),
        "encodings of the photos you gave for checking in, encrypted, and your consent",
        ages=doors.FaceTemplateRow.used_at,
    ),
    Held(
        doors.CheckInRow,
        _by(doors.CheckInRow.subject),
        "when you checked in",
        ages=doors.CheckInRow.at,
    ),
    Held(doors.SlackLinkRow, _by(doors.SlackLinkRow.subject), "the linked users of Slack"),
    Held(
        doors.SlackPlaceRow,
        _talked(doors.SlackPlaceRow.conversation),
        "where conversations in Slack take place",
        ages=doors.SlackPlaceRow.used_at,
    ),
)
# Aged as the others, but nobody's by their columns: Slack's events are encrypted until they are
# done and emptied then, and their keys name a channel.
AGED_ONLY = (
    Held(
        doors.SlackEventRow,
        lambda person: doors.SlackEventRow.key.is_(None),
        "keys of Slack's events, to know resends by",
        ages=doors.SlackEventRow.received_at,
    ),
)
# Looked through by `words.py`: what was said, as others see it.
IN_WORDS = frozenset(
    "label_items label_sources label_grants labels rating_items rating_candidates ratings"
    " rating_scores rating_preferences".split()
)
NOBODYS = frozenset(
    "alembic_version doors_version evaluation_version catalogue_version course_codes courses"
    " departments imports label_collected label_erased meetings notes_progress sections"
    " slack_installs terms enrollment_windows".split()
)
