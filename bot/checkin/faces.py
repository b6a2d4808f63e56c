"""Templates of students who agreed to it, and whether a face is like one's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from itertools import combinations

from sqlalchemy import delete, update

from bot.checkin.errors import EncoderAway, NotEnrolled, PhotosDiffer
from bot.storage.database import DoorDatabase
from bot.storage.sealing import Sealing, Unopenable
from bot.storage.tables import FaceTemplateRow
from knowledge.storage import moments
from knowledge.storage.unit_of_work import Work
from skills.errors import WeightsMissing
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


@cache
def encoder_mark() -> str:
    """Names the committed encoder: encodings of another one cannot be compared with its own."""
    try:
        return sha256(threshold.PATH.with_name("model.safetensors").read_bytes()).hexdigest()
    except OSError as error:
        raise EncoderAway from error


@dataclass(frozen=True)
class Agreed:
    """To what a student has agreed, and when; `usable`: the template can be compared with."""

    consent: str
    at: datetime
    usable: bool


class Faces:
    """One template a student, compared with that student's photos alone. Calls block."""

    def __init__(self, database: DoorDatabase, secret: str) -> None:
        self._database = database
        self._sealing = Sealing(secret, _PURPOSE)

    def agreed(self, subject: str) -> Agreed | None:
        """The student's consent; None where there is none (any more)."""
        with self._database.units.read() as work:
            row = work.session.get(FaceTemplateRow, subject)
            if row is None:
                return None
            return Agreed(row.consent, row.consented_at, self._template(row) is not None)

    def template(self, subject: str) -> list[Encoding]:
        """What the student agreed to have compared; raise NotEnrolled where there is nothing."""
        with self._database.units.read() as work:
            row = work.session.get(FaceTemplateRow, subject)
            found = None if row is None else self._template(row)
        if found is None:
            raise NotEnrolled
        return found

    def _template(self, row: FaceTemplateRow) -> list[Encoding] | None:
        """None for other words of consent, another student, another encoder or another secret."""
        try:
            kept = self._sealing.open(row.sealed)
        except Unopenable:
            return None
        fits = (row.consent, kept.get("subject"), kept.get("encoder"))
        photos: list[Encoding] = kept["photos"]
        return photos if fits == (CONSENT, row.subject, encoder_mark()) else None

    def enrol(self, subject: str, photos: Sequence[Encoding]) -> None:
        """Keep a template in place of a former one; raise PhotosDiffer."""
        limit = _limit()
        if any(distance(one, other) >= limit for one, other in combinations(photos, 2)):
            raise PhotosDiffer
        now = moments.now()
        # The subject is sealed too: a row that is moved to another student does not open there.
        made = {"subject": subject, "encoder": encoder_mark(), "photos": [*map(list, photos)]}
        kept = {"consent": CONSENT, "consented_at": now, "used_at": now}
        row = {"subject": subject, "sealed": self._sealing.seal(made), **kept}

        def act(work: Work) -> None:
            work.session.merge(FaceTemplateRow(**row))

        self._database.units.transact(act)

    def matches(self, subject: str, photo: Encoding) -> bool:
        """Whether it is like the student's own template; raise NotEnrolled."""
        if not alike(photo, self.template(subject), _limit()):
            return False
        used = update(FaceTemplateRow).where(FaceTemplateRow.subject == subject)
        self._database.units.transact(
            lambda work: work.session.execute(used.values(used_at=moments.now()))
        )
        return True

    def erase(self, subject: str) -> None:
        """Forget the template and the consent."""
        gone = delete(FaceTemplateRow).where(FaceTemplateRow.subject == subject)
        self._database.units.transact(lambda work: work.session.execute(gone))


def _limit() -> float:
    try:
        return threshold.read()
    except WeightsMissing as error:
        raise EncoderAway from error
