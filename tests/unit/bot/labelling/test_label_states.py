"""What a label comes to: from what was said, whatever the order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.labelling.report import as_text, report_of
from knowledge.model.labelling import Act, Given, LabelItem, Reading, State

ENROLL, DROP = Reading("enroll", ((0, 6, "code"),)), Reading("drop", ((0, 6, "code"),))
_GIVEN = st.builds(
    Given,
    st.sampled_from(["rae", "sam", "tom"]),
    st.sampled_from(Act),
    st.sampled_from([ENROLL, DROP]),
)


def item(*given: Given, wanted: int = 1, sampled: int = 0) -> LabelItem:
    return LabelItem(1, "CS106A", ENROLL, 0.5, ("unsure",), wanted, sampled, 1, given)


def label(who: str, reading: Reading) -> Given:
    return Given(who, Act.LABEL, reading)


def test_one_label_is_enough_for_a_single_item() -> None:
    assert item().state is State.OPEN
    assert item(label("rae", DROP)).result == DROP


def test_two_are_needed_for_a_double_one() -> None:
    assert item(label("rae", DROP), wanted=2).state is State.OPEN
    agreed = item(label("rae", DROP), label("sam", DROP), wanted=2)
    assert (agreed.state, agreed.result) == (State.DONE, DROP)
    differing = item(label("rae", DROP), label("sam", ENROLL), wanted=2)
    assert (differing.state, differing.result) == (State.DISPUTED, None)


def test_a_correction_can_end_a_dispute_and_a_skip_withdraws() -> None:
    said = (label("rae", DROP), label("sam", ENROLL))
    assert item(*said, label("rae", ENROLL), wanted=2).result == ENROLL
    assert item(*said, Given("rae", Act.SKIP, DROP), wanted=2).state is State.OPEN


@given(st.lists(_GIVEN, max_size=8), st.integers(1, 2))
def test_there_is_a_result_when_and_only_when_it_is_done_or_settled(
    given: list[Given], wanted: int
) -> None:
    made = item(*given, wanted=wanted)
    assert (made.result is not None) == (made.state in (State.DONE, State.SETTLED))
    if any(each.act is Act.SETTLE for each in given):
        assert made.state is State.SETTLED
        assert made.result == [e.reading for e in given if e.act is Act.SETTLE][-1]
    assert as_text(report_of([made]))


def test_the_estimate_counts_what_was_drawn_and_nothing_else() -> None:
    wrong, right = item(label("rae", DROP), sampled=1), item(label("rae", ENROLL), sampled=3)
    found = report_of([wrong, right, item(label("rae", DROP)), item()])
    assert (found.sampled.turns, found.sampled.intent) == (4, 0.25)
    assert (found.corrected.turns, found.corrected.intent) == (3, 2 / 3)
    assert found.sampled.spans == 0.0
    assert report_of([]).sampled.intent is None
