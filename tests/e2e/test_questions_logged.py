"""What had no answer in the chat reaches the question log, masked and without its asker."""

from __future__ import annotations

import time

from sqlalchemy import select

from knowledge.storage.orm import QuestionRow


def _logged(quad) -> list[tuple[str, str, bool]]:
    with quad.units.read() as work:
        rows = work.session.scalars(select(QuestionRow))
        return [(row.kind, row.text, row.answered) for row in rows]


def _awaited(quad, *wanted: tuple[str, str, bool]) -> None:
    for _ in range(50):
        found = _logged(quad)
        if set(wanted) <= set(found):
            return
        time.sleep(0.1)
    raise AssertionError(found)


def test_what_was_not_answered_is_logged(quad) -> None:
    quad.text("blorp wug 05551234 fnord", sender="unclear")
    quad.text("what are the history classes in spring 2019?", sender="search")
    _awaited(
        quad,
        ("unclear", "blorp wug [number] fnord", False),
        ("search", "history", True),
    )
    assert not any("0555" in text for _, text, _ in _logged(quad))
