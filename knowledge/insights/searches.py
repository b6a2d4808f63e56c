"""A search request as the question log keeps it: its words, and its filters by name."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.insights.questions import Asked, Question

_WORDS = ("q", "subject", "topic")
_NOT_ASKED = frozenset({"view", "limit", "offset", "match", "tentative", "q"})


def searched(pairs: Iterable[tuple[str, str]], results: int) -> Question | None:
    """The question of a search; None for a further page, or a try that is widened if it fails."""
    given: dict[str, list[str]] = {}
    for key, value in pairs:
        given.setdefault(key, []).append(value)
    tried = "tentative" in given and not results
    if given.get("offset", ["0"])[0] not in ("", "0") or tried:
        return None
    words = " ".join(word for key in _WORDS for word in given.get(key, ())).strip().lower()
    filters = {key: values for key, values in given.items() if key not in _NOT_ASKED}
    if not words and not filters:
        return None
    return Question(Asked.SEARCH, words, results > 0, results, filters)
