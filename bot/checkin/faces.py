"""Templates of students who agreed to it, and whether a face is like one's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from sqlalchemy import delete, update

from bot.checkin.errors import NotEnrolled, PhotosDiffer
from bot.storage.database import DoorDatabase
from bot.storage.sealing import Sealing, Unopenable
from bot.storage.tables import FaceTemplateRow
from knowledge.storage import moments
from knowledge.storage.unit_of_work import Work
from skills.faces import threshold

PHOTOS = 3  # as in lecture 2: three photos each, two must agree
CONSENT = "2026-11"  # names the words on the page; other words need another name and a new yes
_AGREEING = 2
_PURPOSE = b"quad face templates at rest"
Encoding = Sequence[float]


def distance(one: Encoding, other: Encoding) -> float:
    """Squared L2 between encodings of length 1, as `skills.faces` measures it: 0 to 4."""
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def alike(photo: Encoding, template: Sequence[Encoding], limit: float) -> bool:
    """Whether at least two of the template's photos are nearer than the limit (lecture 2)."""
    return sum(distance(photo, each) < limit for each in template) >= _AGREEING


@dataclass(frozen=True)
class Agreed:
    """To what a student has agreed, and when."""

    consent: str
    at: datetime


class Faces:
    """One template a student, compared with that student's photos alone. Calls block."""

    def __init__(self, database: DoorDatabase, secret: str) -> None:
        self._database = database
        self._sealing = Sealing(secret, _PURPOSE)

    def agreed(self, subject: str) -> Agreed | None:
        """The student's consent; None where there is none (any more)."""
        with self._database.units.read() as work:
            row = work.session.get(FaceTemplateRow, subject)
            return None if row is None else Agreed(row.consent, row.consented_at)

    def enrol(self, subject: str, photos: Sequence[Encoding]) -> None:
        """Keep a template in place of a former one; raise PhotosDiffer."""
        limit = threshold.read()
        if any(distance(one, other) >= limit for one, other in combinations(photos, 2)):
            raise PhotosDiffer
        now = moments.now()
        # The subject is sealed too: a row that is moved to another student does not open there.
        sealed = self._sealing.seal({"subject": subject, "photos": [list(each) for each in photos]})
        kept = {"sealed": sealed, "consent": CONSENT, "consented_at": now, "used_at": now}

        def act(work: Work) -> None:
            work.session.merge(FaceTemplateRow(subject=subject, **kept))

        self._database.units.transact(act)

    def matches(self, subject: str, photo: Encoding) -> bool:
        """Whether it is like the student's own template; raise NotEnrolled."""
        with self._database.units.read() as work:
            row = work.session.get(FaceTemplateRow, subject)
            sealed = None if row is None else row.sealed
        if not alike(photo, self._opened(subject, sealed), threshold.read()):
            return False
        used = update(FaceTemplateRow).where(FaceTemplateRow.subject == subject)
        self._database.units.transact(
            lambda work: work.session.execute(used.values(used_at=moments.now()))
        )
        return True

    def _opened(self, subject: str, sealed: bytes | None) -> list[Encoding]:
        if sealed is None:
            raise NotEnrolled
        try:
            kept = self._sealing.open(sealed)
        except Unopenable as error:
            raise NotEnrolled from error
        if kept["subject"] != subject:
            raise NotEnrolled
        photos: list[Encoding] = kept["photos"]
        return photos

    def erase(self, subject: str) -> None:
        """Forget the template and the consent."""
        gone = delete(FaceTemplateRow).where(FaceTemplateRow.subject == subject)
        self._database.units.transact(lambda work: work.session.execute(gone))
