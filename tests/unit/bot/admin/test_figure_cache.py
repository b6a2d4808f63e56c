"""Figures are counted once for a while, and few are kept."""

from __future__ import annotations

import threading

from bot.web.admin.figure_cache import FigureCache


def test_many_at_once_cause_one_count() -> None:
    cache, counts = FigureCache(), []

    def count() -> dict[str, int]:
        counts.append(1)
        return {"n": len(counts)}

    threads = [threading.Thread(target=cache.of, args=(1, count)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(counts) == 1
    assert cache.of(2, count) == {"n": 2}
    assert cache.of(1, count) == {"n": 1}


def test_old_figures_are_counted_anew_and_the_oldest_go() -> None:
    aged = FigureCache(kept_seconds=0)
    assert aged.of(1, lambda: {"n": 1}) == {"n": 1}
    assert aged.of(1, lambda: {"n": 2}) == {"n": 2}
    full = FigureCache()
    for key in range(30):
        full.of(key, lambda: {"n": 1})
    assert full.of(29, lambda: {"n": 2}) == {"n": 1}
    assert full.of(0, lambda: {"n": 2}) == {"n": 2}
