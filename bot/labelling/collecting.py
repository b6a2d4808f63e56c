"""Brings turns worth a look from the tracker store into the queue; doing it again changes nothing.

Called by `python -m bot.labelling collect` and when the page is opened. A conversation is taken in
whole or not at all; one that is no longer in the store was erased, and is erased here too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from bot.labelling.reasons import Reason, drawn, priority, reasons_of
from bot.labelling.surrogates import surrogate
from bot.labelling.told import Told
from bot.labelling.tracker import Conversations
from bot.masking import Masker
from knowledge.model.labelling import Draft
from knowledge.storage.label_queue import LabelQueue
from knowledge.storage.unit_of_work import UnitOfWork, Work
from nlu.data.items import Item, Span
from nlu.words import split

_CONTEXT = 6  # turns before it that are shown
_REPLY = 400  # characters of the assistant's longest replies


@dataclass(frozen=True)
class Collected:
    """What one pass did: conversations read, turns that are new in the queue, items erased."""

    conversations: int
    turns: int
    erased: int


class Collector:
    """Reads one store into one database."""

    def __init__(self, units: UnitOfWork, conversations: Conversations, source: str) -> None:
        self._units = units
        self._conversations = conversations
        self._source = hashlib.sha256(source.encode()).hexdigest()

    def collect(self) -> Collected:
        """One pass; raise ConversationsUnreadable, having changed nothing, or ServiceBusy."""
        present = self._conversations.present()
        newest = self._conversations.newest()
        erased = self._forget(present)
        since = self._units.transact(lambda work: _queue(work).begin(self._source))
        changed = self._conversations.changed(since if since <= newest else 0)
        masker = Masker.of(self._units)
        turns = sum(self._take(conversation, masker) for conversation in changed)
        self._units.transact(lambda work: self._note(work, newest))
        return Collected(len(changed), turns, erased)

    def erase(self, conversation: str) -> int:
        """Take a conversation's words out of the queue for good; how many items held them."""
        return self._units.transact(lambda work: _queue(work).erase(conversation))

    def _forget(self, present: set[str]) -> int:
        with self._units.read() as work:
            gone = _queue(work).conversations() - present
        return sum(self.erase(conversation) for conversation in sorted(gone))

    def _take(self, conversation: str, masker: Masker) -> int:
        turns = self._conversations.turns(conversation)
        own = self._names(turns)
        mask = cache(lambda text: masker.mask(text, own))  # each is context of several turns
        drafts = drafts_of(conversation, turns, mask)

        def act(work: Work) -> int:
            queue = _queue(work)
            queue.begin(self._source)
            return queue.put(conversation, drafts)

        return self._units.transact(act) if drafts else 0

    def _names(self, turns: Sequence[Told]) -> str:
        """The speaker's own name, if it is on record: any part of it is masked."""
        with self._units.read() as work:
            found = [work.students.find(suid) for suid in {told.subject for told in turns} if suid]
        return " ".join(student.name for student in found if student is not None)

    def _note(self, work: Work, newest: int) -> None:
        queue = _queue(work)
        queue.begin(self._source)
        queue.note_progress(self._source, newest)


def drafts_of(conversation: str, turns: Sequence[Told], mask: Callable[[str], str]) -> list[Draft]:
    """The turns of a conversation that are worth a look, masked, in their order."""
    made = (_draft(conversation, turns, place, mask) for place in range(len(turns)))
    return [draft for draft in made if draft is not None]


def _draft(
    conversation: str, turns: Sequence[Told], place: int, mask: Callable[[str], str]
) -> Draft | None:
    told = turns[place]
    key = hashlib.sha256(f"{conversation}\n{told.message_id}".encode()).hexdigest()
    sampled = drawn(key)
    reasons = (*reasons_of(turns, place), *([Reason.SAMPLE] if sampled else []))
    if not reasons or split(told.text).truncated:
        return None
    text, reading = surrogate(told.text, told.reading, mask, key)
    words = split(text)
    if words.truncated or not words.words:
        return None
    draft = Draft(
        key=key,
        conversation=conversation,
        form="",
        text=text,
        prelabel=reading,
        confidence=told.confidence,
        priority=priority(told, reasons, key),
        reasons=tuple(reason.value for reason in reasons),
        context=_context(turns, place, mask),
        sampled=sampled,
    )
    return replace(draft, form=_form(draft))


def _form(draft: Draft) -> str:
    """Equal for near-duplicates: the words with their spans left out, less the punctuation."""
    spans = tuple(Span(*span) for span in draft.prelabel.spans)
    outline = Item(draft.text, draft.prelabel.intent, spans, "", "").outline
    return hashlib.sha256((outline or draft.text).encode()).hexdigest()


def _context(
    turns: Sequence[Told], place: int, mask: Callable[[str], str]
) -> tuple[tuple[bool, str], ...]:
    first = max(place - turns[place].earlier, place - _CONTEXT)
    found: list[tuple[bool, str]] = []
    for told in turns[first:place]:
        found.append((True, mask(told.text)))
        found += [(False, mask(reply)[:_REPLY]) for reply in told.replies]
    return tuple(found)


def _queue(work: Work) -> LabelQueue:
    return LabelQueue(work.session)
