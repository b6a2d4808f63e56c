"""Agreement: known values, bounds, and what cannot be told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from bot.labelling.agreement import Pair, agreement, kappa, span_f1, wilson
from knowledge.model.labelling import Reading

TEXT = "CS106A in winter please"
CODE, QUARTER = (0, 6, "code"), (10, 16, "quarter")
_VALUES = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1)


def pair(one: tuple, other: tuple, intents: tuple[str, str] = ("enroll", "enroll")) -> Pair:
    return Pair(TEXT, Reading(intents[0], one), Reading(intents[1], other))


def test_a_textbook_case() -> None:
    table = {("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15}
    assert kappa([both for both, count in table.items() for _ in range(count)]) == pytest.approx(
        0.4
    )


@given(_VALUES)
def test_as_others_compute_it(pairs: list[tuple[str, str]]) -> None:
    ones, others = zip(*pairs, strict=True)
    if len({*ones, *others}) > 1:
        assert kappa(pairs) == pytest.approx(cohen_kappa_score(ones, others))
    assert kappa([(other, one) for one, other in pairs]) == pytest.approx(kappa(pairs))


def test_full_agreement_and_none() -> None:
    same = agreement([pair((CODE,), (CODE,)), pair((), (), ("other", "other"))])
    assert (same.intent_kappa, same.span_f1, same.tag_kappa) == (1.0, 1.0, 1.0)
    nothing = agreement([])
    assert (nothing.items, nothing.intent_kappa, nothing.span_f1) == (0, None, None)


def test_a_span_counts_only_when_it_is_exact() -> None:
    assert span_f1([pair((CODE, QUARTER), (CODE,))]) == pytest.approx(2 / 3)
    assert span_f1([pair((CODE,), ((0, 6, "title"),))]) == 0.0
    assert span_f1([pair((CODE,), ((0, 9, "code"),))]) == 0.0
    assert span_f1([pair((), ())]) is None


def test_words_count_towards_tags() -> None:
    found = agreement([pair((CODE, QUARTER), (CODE,))])
    assert found.tag_kappa is not None
    assert 0 < found.tag_kappa < 1


@given(st.integers(1, 500), st.data())
def test_the_interval_holds_the_share(count: int, data: st.DataObject) -> None:
    wrong = data.draw(st.integers(0, count))
    low, high = wilson(wrong, count)
    assert 0 <= low <= wrong / count + 1e-12
    assert wrong / count - 1e-12 <= high <= 1
    assert high - low > 0


def test_without_items_everything_is_possible() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
