"""Counting seats and holding sections while they are given away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import func, select, union_all
from sqlalchemy.orm import Session

from knowledge.model.students import Status
from knowledge.storage.orm import EnrollmentRow, SectionRow, StudentRow


class Seats:
    """Enrolled and waiting students, as this transaction sees them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def counts(self, class_ids: Iterable[int] | None = None) -> tuple[Counter[int], Counter[int]]:
        """Enrolled and waitlisted students by class id; a linked section counts its enrolled."""
        row = EnrollmentRow
        direct = select(row.class_id, row.status, func.count()).group_by(row.class_id, row.status)
        linked = (
            select(row.linked_class_id, row.status, func.count())
            .where(row.linked_class_id.is_not(None), row.status == Status.ENROLLED.value)
            .group_by(row.linked_class_id, row.status)
        )
        if class_ids is not None:
            wanted = list(class_ids)
            direct = direct.where(row.class_id.in_(wanted))
            linked = linked.where(row.linked_class_id.in_(wanted))
        enrolled: Counter[int] = Counter()
        waitlisted: Counter[int] = Counter()
        for class_id, status, count in self._session.execute(union_all(direct, linked)):
            (enrolled if status == Status.ENROLLED else waitlisted)[class_id] += count
        return enrolled, waitlisted

    def in_groups(self, class_id: int) -> Counter[str]:
        """How many of a section's enrolled students belong to each group."""
        query = (
            select(StudentRow.groups)
            .join(EnrollmentRow, EnrollmentRow.suid == StudentRow.suid)
            .where(
                EnrollmentRow.class_id == class_id,
                EnrollmentRow.status == Status.ENROLLED.value,
            )
        )
        return Counter(group for groups in self._session.scalars(query) for group in groups)

    def lock(self, class_ids: Iterable[int]) -> None:
        """Hold these sections until the end of the transaction, in one order against deadlocks.

        PostgreSQL locks the rows; SQLite already holds its one write lock.
        """
        if self._session.get_bind().dialect.name == "sqlite":
            return
        query = (
            select(SectionRow.class_id)
            .where(SectionRow.class_id.in_(sorted(set(class_ids))))
            .order_by(SectionRow.class_id)
            .with_for_update(key_share=True)
        )
        self._session.execute(query).all()
