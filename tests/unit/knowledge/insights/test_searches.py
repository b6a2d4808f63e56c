"""Which searches are questions, and what of them is kept."""

from __future__ import annotations

from knowledge.insights.searches import searched


def test_words_and_filters_are_kept_apart() -> None:
    pairs = [("view", "json"), ("limit", "8"), ("subject", "history"), ("topic", "Rome")]
    found = searched([*pairs, ("quarter", "Spring"), ("day", "friday"), ("offset", "0")], 3)
    assert found is not None
    assert (found.text, found.results, found.answered) == ("history rome", 3, True)
    assert found.filters == {
        "subject": ["history"],
        "topic": ["Rome"],
        "quarter": ["Spring"],
        "day": ["friday"],
    }


def test_nothing_found_is_a_question_without_an_answer() -> None:
    found = searched([("q", "underwater basket weaving")], 0)
    assert found is not None
    assert not found.answered


def test_further_pages_and_tries_that_are_widened_are_no_questions() -> None:
    assert searched([("q", "art"), ("offset", "8")], 20) is None
    assert searched([("q", "art"), ("tentative", "1")], 0) is None
    assert searched([("q", "art"), ("tentative", "1")], 4) is not None
    assert searched([("view", "json")], 500) is None


def test_a_person_in_a_filter_is_masked() -> None:
    found = searched([("instructor", "ada@stanford.edu"), ("q", "classes of 05551234")], 0)
    assert found is not None
    assert found.text == "classes of [number]"
    assert found.filters == {"instructor": ["[e-mail]"]}
