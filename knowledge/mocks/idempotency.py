"""Idempotency-Key: a request is acted on once; its answer, refusals included, is kept with it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from knowledge.errors import QuadError
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

    The writing transaction begins with the look-up, so of two requests with the same key that run
    at once the second waits and then finds the first one's answer.
    """
    with units.write() as work:
        kept = _kept(work, request)
        if kept is not None:
            return kept
        try:
            with work.session.begin_nested():
                answer = act(work)
        except QuadError as error:
            answer = StoredAnswer(error.status, document(error))
        if request.key is not None:
            work.answers.keep(request.subject, request.key, request.hash, answer)
        return answer


def _kept(work: Work, request: KeyedRequest) -> StoredAnswer | None:
    if request.key is None:
        return None
    return work.answers.find(request.subject, request.key, request.hash)
