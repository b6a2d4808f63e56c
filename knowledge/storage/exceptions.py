"""What a student may do beyond the rules: petitions for units and permission numbers."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge.errors import UnknownPetition
from knowledge.model.students import Decision, PermissionNumber, Petition
from knowledge.model.terms import Term
from knowledge.storage import moments
from knowledge.storage.mapping import term_of
from knowledge.storage.orm import PermissionRow, PetitionRow, TermRow


class ExceptionRepository:
    """Petitions and permission numbers as one transaction sees and changes them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def petition(self, suid: str, term: Term) -> Petition | None:
        """The student's petition for that term, or None."""
        query = select(PetitionRow).where(
            PetitionRow.suid == suid, PetitionRow.term_id == term.term_id
        )
        row = self._session.scalar(query)
        return None if row is None else _petition(row, term)

    def file(self, suid: str, term: Term, units: int) -> Petition:
        """Put a petition before an advisor."""
        row = PetitionRow(
            suid=suid,
            term_id=term.term_id,
            units=units,
            decision=Decision.PENDING.value,
            created_at=moments.now(),
        )
        self._session.add(row)
        self._session.flush()
        return _petition(row, term)

    def petitions(self, suid: str | None = None, pending_only: bool = False) -> list[Petition]:
        """All petitions or those of one student, oldest first."""
        query = select(PetitionRow, TermRow).join(TermRow, TermRow.id == PetitionRow.term_id)
        if suid is not None:
            query = query.where(PetitionRow.suid == suid)
        if pending_only:
            query = query.where(PetitionRow.decision == Decision.PENDING.value)
        rows = self._session.execute(query.order_by(PetitionRow.id))
        return [_petition(row, term_of(term)) for row, term in rows]

    def decide(self, petition_id: int, decision: Decision) -> Petition:
        """Approve or deny a petition and return it as it was; raise UnknownPetition."""
        row = self._session.get(PetitionRow, petition_id, with_for_update=True)
        if row is None:
            raise UnknownPetition(petition_id)
        before = _petition(row, term_of(self._session.get_one(TermRow, row.term_id)))
        row.decision = decision.value
        self._session.flush()
        return before

    def permission(self, number: str) -> PermissionNumber | None:
        """A permission number, or None; held until the end, so that it is used once."""
        row = self._session.get(PermissionRow, number, with_for_update=True)
        return None if row is None else _permission(row)

    def permissions(self, class_id: int) -> list[PermissionNumber]:
        """All numbers given out for a section."""
        query = select(PermissionRow).where(PermissionRow.class_id == class_id)
        return [_permission(row) for row in self._session.scalars(query)]

    def give(self, number: PermissionNumber) -> None:
        """Store a new permission number."""
        self._session.add(
            PermissionRow(
                number=number.number,
                class_id=number.class_id,
                lifts=sorted(number.lifts),
                suid=number.suid,
                expires=number.expires,
                used_by=number.used_by,
            )
        )
        self._session.flush()

    def use(self, number: str, suid: str) -> None:
        """Mark a number as used by that student."""
        self._session.get_one(PermissionRow, number).used_by = suid
        self._session.flush()


def _petition(row: PetitionRow, term: Term) -> Petition:
    return Petition(row.id, row.suid, term, row.units, Decision(row.decision))


def _permission(row: PermissionRow) -> PermissionNumber:
    return PermissionNumber(
        row.number, row.class_id, frozenset(row.lifts), row.suid, row.expires, row.used_by
    )
