"""Whose data it is: the number, the name on record, and the ids of the conversations."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import select

from bot.identity import Gate
from bot.privacy.stores import Stores
from bot.storage.tables import SignInRow
from knowledge.model.students import Principal, Role, normalise_suid
from knowledge.storage.orm import StudentRow

_REMARK = re.compile(r"\(.*\)")  # what a record notes beside a name
_DOORS = ("web", "default")  # senders that Quad's own doors name


@dataclass(frozen=True)
class Person:
    """A student, as far as any store knows one; `name` is empty where no record is left."""

    suid: str
    name: str = ""
    conversations: tuple[str, ...] = ()

    @property
    def marks(self) -> tuple[str, ...]:
        """The texts that give this person away: the number with and without its zero, the name.

        A single word is no name that could be told from other words.
        """
        name = _REMARK.sub("", self.name).strip()
        whole = (self.suid, self.suid.removeprefix("0"), name if " " in name else "")
        return tuple(dict.fromkeys(mark for mark in whole if mark))


def find(stores: Stores, text: str) -> Person:
    """The person behind a number as somebody typed it; raise InvalidSuid."""
    suid = normalise_suid(text)
    return Person(suid, _name(stores, suid), _conversations(stores, suid))


def _name(stores: Stores, suid: str) -> str:
    with stores.doors.units.read() as work:
        on_record = work.session.scalar(select(StudentRow.name).where(StudentRow.suid == suid))
        newest = select(SignInRow.name).where(SignInRow.subject == suid)
        signed_in = work.session.scalar(newest.order_by(SignInRow.begun_at.desc()).limit(1))
    return on_record or signed_in or ""


def _conversations(stores: Stores, suid: str) -> tuple[str, ...]:
    """The ids that were used, by what the events say, and those that our doors would use."""
    gate, principal = Gate(stores.secret), Principal(suid, Role.STUDENT)
    usual = (gate.conversation(principal, sender) for sender in _DOORS)
    return tuple(dict.fromkeys((*stores.transcripts.of(suid), *usual)))
