"""Labelling as rows: who is given which item, and what they say of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import Session

from knowledge.errors import NotGiven, UnknownUtterance
from knowledge.model.labelling import Act, Given, LabelItem, Reading, State
from knowledge.storage import moments
from knowledge.storage.orm import LabelGrantRow, LabelItemRow, LabelRow, LabelSourceRow

LEASE = timedelta(minutes=15)
_LOOKED_AT = 20  # candidates; others may be taking the first ones at this moment


class LabelWork:
    """Gives items out and takes labels in, within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def next_for(self, annotator: str) -> int | None:
        """The most informative item this person may label, theirs for `LEASE`; None: no more.

        Who asks again before labelling gets the same item again.
        """
        now = moments.now()
        if (unfinished := self._session.scalar(_unfinished(annotator, now))) is not None:
            return unfinished
        for number in self._session.scalars(_free(annotator, now).limit(_LOOKED_AT)).all():
            again = _free(annotator, now).where(LabelItemRow.id == number)
            # Looked at again once nobody else can take it meanwhile.
            if self._locked(number) is not None and self._session.scalar(again) is not None:
                self._grant(number, annotator, now + LEASE)
                return number
        return None

    def item(self, item_id: int) -> LabelItem:
        """One item; raise UnknownUtterance."""
        found = self._session.get(LabelItemRow, item_id)
        if found is None:
            raise UnknownUtterance(item_id)
        return self._values([found])[0]

    def items(self, *states: State) -> list[LabelItem]:
        """All items of these states, or of any."""
        query = select(LabelItemRow).order_by(LabelItemRow.id)
        if states:
            query = query.where(LabelItemRow.state.in_([state.value for state in states]))
        return self._values(self._session.scalars(query).all())

    def context(self, item_id: int) -> tuple[tuple[bool, str], ...]:
        """What was said before it, in the conversation that still holds most of it."""
        rows = self._session.scalars(
            select(LabelSourceRow.context).where(LabelSourceRow.item_id == item_id)
        )
        longest: list[dict[str, object]] = max(rows, key=len, default=[])
        return tuple((bool(turn["student"]), str(turn["text"])) for turn in longest)

    def was_given(self, item_id: int, annotator: str) -> bool:
        """Whether this person was ever given that item."""
        return self._session.get(LabelGrantRow, (item_id, annotator)) is not None

    def say(self, item_id: int, annotator: str, act: Act, reading: Reading) -> State:
        """Add what somebody says of an item and tell how it stands then.

        Raise UnknownUtterance, or NotGiven if it is not theirs to label. A settlement is nobody's
        alone: whoever may adjudicate may settle.
        """
        item = self._locked(item_id, wait=True)
        if item is None:
            raise UnknownUtterance(item_id)
        if act is not Act.SETTLE and not self.was_given(item_id, annotator):
            raise NotGiven(item_id)
        plain = reading.to_json()
        self._session.add(
            LabelRow(item_id=item_id, annotator=annotator, act=act.value, at=moments.now(), **plain)
        )
        self._session.flush()
        if act is not Act.SETTLE:
            self._grant(item_id, annotator, moments.now())
        said = self.item(item_id)
        item.labelled, item.state = len(said.latest), said.state.value
        return State(item.state)

    def latest_of(self, annotator: str) -> int | None:
        """The item on which this person acted last."""
        return self._session.scalar(
            select(LabelRow.item_id)
            .where(LabelRow.annotator == annotator, LabelRow.act != Act.SETTLE.value)
            .order_by(LabelRow.id.desc())
            .limit(1)
        )

    def labelled_by(self, annotator: str) -> int:
        """How many items this person has labelled."""
        of_theirs = (LabelRow.annotator == annotator, LabelRow.act == Act.LABEL.value)
        count = select(func.count(LabelRow.item_id.distinct())).where(*of_theirs)
        return self._session.scalar(count) or 0

    def _grant(self, item_id: int, annotator: str, until: datetime) -> None:
        self._session.merge(LabelGrantRow(item_id=item_id, annotator=annotator, until=until))
        self._session.flush()

    def _locked(self, item_id: int, *, wait: bool = False) -> LabelItemRow | None:
        """SQLite has locked everything already; PostgreSQL passes over what others hold."""
        query = select(LabelItemRow).where(LabelItemRow.id == item_id)
        query = query.with_for_update(skip_locked=not wait).execution_options(
            populate_existing=True
        )
        return self._session.scalars(query).first()

    def _values(self, rows: Iterable[LabelItemRow]) -> list[LabelItem]:
        wanted = list(rows)
        numbers = [row.id for row in wanted]
        given: dict[int, list[Given]] = {number: [] for number in numbers}
        said = select(LabelRow).where(LabelRow.item_id.in_(numbers)).order_by(LabelRow.id)
        for row in self._session.scalars(said):
            reading = Reading.of(row.intent, row.spans)
            given[row.item_id].append(Given(row.annotator, Act(row.act), reading))
        drawn = self._sources(numbers)
        return [_value(row, tuple(given[row.id]), *drawn.get(row.id, (0, 0))) for row in wanted]

    def _sources(self, numbers: list[int]) -> dict[int, tuple[int, int]]:
        rows = self._session.execute(
            select(LabelSourceRow.item_id, LabelSourceRow.sampled, func.count())
            .where(LabelSourceRow.item_id.in_(numbers))
            .group_by(LabelSourceRow.item_id, LabelSourceRow.sampled)
        )
        found: dict[int, tuple[int, int]] = {}
        for number, sampled, count in rows.tuples():
            drawn, turns = found.get(number, (0, 0))
            found[number] = (drawn + count * sampled, turns + count)
        return found


def _value(row: LabelItemRow, given: tuple[Given, ...], sampled: int, turns: int) -> LabelItem:
    prelabel = Reading.of(row.prelabel["intent"], row.prelabel["spans"])
    reasons = tuple(row.reasons)
    return LabelItem(
        row.id, row.text, prelabel, row.confidence, reasons, row.wanted, sampled, turns, given
    )


def _acted(annotator: str) -> ColumnElement[bool]:
    return exists().where(LabelRow.item_id == LabelItemRow.id, LabelRow.annotator == annotator)


def _unfinished(annotator: str, now: datetime) -> Select[tuple[int]]:
    held = and_(LabelGrantRow.item_id == LabelItemRow.id, LabelGrantRow.annotator == annotator)
    return (
        select(LabelItemRow.id)
        .join(LabelGrantRow, held)
        .where(LabelGrantRow.until > now, ~_acted(annotator))
        .where(LabelItemRow.state == State.OPEN.value)
        .limit(1)
    )


def _free(annotator: str, now: datetime) -> Select[tuple[int]]:
    """Items that need more people than have labelled them or are at it."""
    at_it = (
        select(func.count())
        .where(LabelGrantRow.item_id == LabelItemRow.id, LabelGrantRow.until > now)
        .correlate(LabelItemRow)
        .scalar_subquery()
    )
    return (
        select(LabelItemRow.id)
        .where(LabelItemRow.state == State.OPEN.value, ~_acted(annotator))
        .where(LabelItemRow.labelled + at_it < LabelItemRow.wanted)
        .order_by(LabelItemRow.priority.desc(), LabelItemRow.id)
    )
