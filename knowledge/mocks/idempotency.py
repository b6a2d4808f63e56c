"""Idempotency-Key: a request is acted on once; its answer, refusals included, is kept with it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from knowledge.errors import QuadError, ServiceBusy
from knowledge.mocks.problems import document
from knowledge.storage.idempotency import StoredAnswer
from knowledge.storage.unit_of_work import UnitOfWork, Work


@dataclass(frozen=True)
class KeyedRequest:
    """Whose record, which key, and what exactly was asked."""

    subject: str
    key: str | None
    path: str
    body: dict[str, Any]

    @property
    def hash(self) -> str:
        """A digest of the request; another one under the same key is an error."""
        canonical = json.dumps([self.path, self.body], sort_keys=True)
        return hashlib.sha256(canonical.encode()).hexdigest()


def answer_once(
    units: UnitOfWork,
    request: KeyedRequest,
    act: Callable[[Work], StoredAnswer],
) -> StoredAnswer:
    """Act and keep the answer in one transaction, or return the kept answer of an earlier try.

    The key is claimed first, so of two requests with the same key that run at once the second
    waits and then finds the first one's answer.
    """
    try:
        return units.transact(lambda work: _answer(work, request, act))
    except _RefusedTooLate:
        return units.transact(lambda work: _answer(work, request, _undoing(act)))


class _RefusedTooLate(Exception):
    """Something was written before the refusal, so it must be refused without that."""


def _answer(work: Work, request: KeyedRequest, act: Callable[[Work], StoredAnswer]) -> StoredAnswer:
    if request.key is not None:
        kept = work.answers.claim(request.subject, request.key, request.hash)
        if kept is not None:
            return kept
    try:
        answer = act(work)
    except ServiceBusy:
        raise
    except QuadError as error:
        if work.audit.has_notes:
            raise _RefusedTooLate from error
        answer = StoredAnswer(error.status, document(error))
    if request.key is not None:
        work.answers.keep(request.subject, request.key, answer)
    return answer


def _undoing(act: Callable[[Work], StoredAnswer]) -> Callable[[Work], StoredAnswer]:
    """The same act, whose refusal takes back what was written; a savepoint is seldom needed."""

    def guarded(work: Work) -> StoredAnswer:
        try:
            with work.session.begin_nested():
                return act(work)
        except ServiceBusy:
            raise
        except QuadError as error:
            return StoredAnswer(error.status, document(error))

    return guarded
