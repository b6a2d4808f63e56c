"""The queue of utterances to label as rows: what comes in, and what is taken out for good."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Table, delete, exists, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from knowledge.model.labelling import Draft, State
from knowledge.storage import moments
from knowledge.storage.orm import (
    CollectedRow,
    ErasedConversationRow,
    LabelGrantRow,
    LabelItemRow,
    LabelRow,
    LabelSourceRow,
)

DOUBLE_EVERY = 4  # every fourth item is labelled by two people
_INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class LabelQueue:
    """Puts turns into the queue and takes conversations out of it, within one transaction."""

    def __init__(self, session: Session, double_every: int = DOUBLE_EVERY) -> None:
        self._session = session
        self._double_every = double_every

    def begin(self, source: str) -> int:
        """How far that store was read; others who collect from it wait for this transaction."""
        self._once(CollectedRow, {"source": source, "last_event": 0})
        row = select(CollectedRow).where(CollectedRow.source == source).with_for_update()
        return self._session.scalars(row).one().last_event

    def note_progress(self, source: str, last_event: int) -> None:
        """Keep how far that store was read."""
        self._session.get_one(CollectedRow, source).last_event = last_event

    def put(self, conversation: str, drafts: Sequence[Draft]) -> int:
        """Take a conversation's turns in; how many were not known. An erased one is left out."""
        if self._session.get(ErasedConversationRow, conversation) is not None:
            return 0
        keys = [draft.key for draft in drafts]
        known = {row.key: row.item_id for row in self._sources(keys)}
        items = self._items({draft.form for draft in drafts}, set(known.values()))
        new = [draft for draft in drafts if draft.key not in known]
        for draft in drafts:
            found = items.get(known.get(draft.key, draft.form))
            if found is not None:
                _tell_more(found, draft)
            else:
                items[draft.form] = self._begun(draft)
        self._session.flush()  # numbers the new ones
        for draft in new:
            item = items[draft.form]
            item.wanted = 2 if item.id % self._double_every == 0 else 1
            self._session.add(_source(draft, item.id))
        return len(new)

    def conversations(self) -> set[str]:
        """Those whose words are in the queue."""
        return set(self._session.scalars(select(LabelSourceRow.conversation).distinct()))

    def erase(self, conversation: str) -> int:
        """Take out every item that holds this conversation's words; how many there were.

        An item that came from another conversation stays without this one's context. Where one
        goes that others had said too, stores are read from the start again to find theirs.
        """
        self._once(ErasedConversationRow, {"conversation": conversation, "at": moments.now()})
        own = LabelSourceRow.conversation == conversation
        first = select(LabelItemRow.id).join(
            LabelSourceRow, LabelSourceRow.key == LabelItemRow.origin
        )
        gone = list(self._session.scalars(first.where(own)))
        shared = self._session.scalar(
            select(exists().where(LabelSourceRow.item_id.in_(gone), ~own))
        )
        self._session.execute(delete(LabelSourceRow).where(own))
        for row in (LabelSourceRow, LabelGrantRow, LabelRow):
            self._session.execute(delete(row).where(row.item_id.in_(gone)))
        self._session.execute(delete(LabelItemRow).where(LabelItemRow.id.in_(gone)))
        if shared:
            self._session.execute(delete(CollectedRow))
        return len(gone)

    def counts(self) -> dict[State, int]:
        """How many items there are of each state."""
        rows = self._session.execute(
            select(LabelItemRow.state, func.count()).group_by(LabelItemRow.state)
        )
        found = {State(state): number for state, number in rows.tuples()}
        return {state: found.get(state, 0) for state in State}

    def _sources(self, keys: Sequence[str]) -> Iterable[LabelSourceRow]:
        return self._session.scalars(select(LabelSourceRow).where(LabelSourceRow.key.in_(keys)))

    def _items(self, forms: set[str], numbers: set[int]) -> dict[str | int, LabelItemRow]:
        """The items of these forms, and those of these numbers, by either."""
        wanted = or_(LabelItemRow.form.in_(forms), LabelItemRow.id.in_(numbers))
        rows = self._session.scalars(select(LabelItemRow).where(wanted)).all()
        return {row.form: row for row in rows} | {row.id: row for row in rows}

    def _begun(self, draft: Draft) -> LabelItemRow:
        item = LabelItemRow(
            form=draft.form,
            origin=draft.key,
            text=draft.text,
            prelabel=draft.prelabel.to_json(),
            confidence=draft.confidence,
            priority=draft.priority,
            reasons=list(draft.reasons),
            wanted=1,
            state=State.OPEN.value,
            created_at=moments.now(),
        )
        self._session.add(item)
        return item

    def _once(self, row: type[Any], values: dict[str, Any]) -> None:
        table = row.__table__
        assert isinstance(table, Table)
        connection = self._session.connection()
        insert = _INSERTS[connection.dialect.name](table)
        connection.execute(insert.on_conflict_do_nothing(), values)


def _source(draft: Draft, item_id: int) -> LabelSourceRow:
    context = [{"student": mine, "text": text} for mine, text in draft.context]
    return LabelSourceRow(
        key=draft.key,
        conversation=draft.conversation,
        item_id=item_id,
        context=context,
        sampled=draft.sampled,
    )


def _tell_more(item: LabelItemRow, draft: Draft) -> None:
    """What was found later is a reason too: a correction follows the turn it corrects."""
    item.reasons = list(dict.fromkeys((*item.reasons, *draft.reasons)))
    item.priority = max(item.priority, draft.priority)
