"""Words of a course and BM25 over them."""

from __future__ import annotations

import string
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.catalogue.ranking import WordIndex, words
from knowledge.model.codes import CourseCode
from knowledge.model.courses import Course, Level

_BASE = Course(1, (CourseCode("CS", 1),), "", "", 3, 5, 5, Level.UNDERGRADUATE)
_plain_words = st.text(string.ascii_lowercase, min_size=2, max_size=10)
_texts = st.lists(_plain_words, min_size=0, max_size=8).map(" ".join)
_courses = st.lists(
    st.tuples(_texts, _texts, st.lists(_plain_words, max_size=3)), min_size=1, max_size=8
).map(
    lambda drawn: [
        replace(_BASE, course_id=n, title=title, description=prose, topics=tuple(topics))
        for n, (title, prose, topics) in enumerate(drawn)
    ]
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("robot", "robots"),
        ("network", "networks"),
        ("policy", "policies"),
        ("history", "histories"),
        ("Kinetics", "KINETICAL"),
    ],
)
def test_forms_of_a_word_meet(one: str, other: str) -> None:
    assert words(one) == words(other)


def test_stop_words_and_signs_are_no_words() -> None:
    assert words("find me a class about the") == []
    assert words("!!! 🙂 数学 42") == []


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    assert all(word and word == word.lower() for word in words(text))


@given(_courses, _texts)
def test_only_courses_that_hold_a_word_have_a_score(courses: list[Course], text: str) -> None:
    scores, covered = WordIndex.of(courses).scores(text)
    for course, score, share in zip(courses, scores, covered, strict=True):
        held = set(words(f"{course.title} {course.description} {' '.join(course.topics)}"))
        assert (share > 0) == (score > 0) == bool(held & set(words(text)))
        assert 0 <= share <= 1
        assert 0 <= score <= 1


@given(_courses)
def test_its_own_title_covers_a_course_wholly(courses: list[Course]) -> None:
    index = WordIndex.of(courses)
    for slot, course in enumerate(courses):
        if words(course.title):
            assert index.scores(course.title)[1][slot] == 1.0


@given(_courses, _courses, _texts)
def test_an_extended_index_is_the_index_of_both(
    first: list[Course], second: list[Course], text: str
) -> None:
    whole, extended = WordIndex.of([*first, *second]), WordIndex.of(first).extended(second)
    assert np.array_equal(whole.scores(text)[0], extended.scores(text)[0])
    assert whole.seen == extended.seen


@given(_courses, _courses, _texts)
def test_of_dead_courses_there_is_no_trace(
    dead: list[Course], living: list[Course], text: str
) -> None:
    alive = np.array([False] * len(dead) + [True] * len(living))
    scores, covered = WordIndex.of([*dead, *living]).scores(text, alive)
    assert not scores[~alive].any()
    assert not covered[~alive].any()
    assert np.allclose(scores[alive], WordIndex.of(living).scores(text)[0])


def test_it_tells_which_words_a_course_holds() -> None:
    course = replace(_BASE, title="Kites", description="sailing them on beaches")
    index = WordIndex.of([_BASE, course])
    assert index.held("Sail kites at the beach, not far", 1) == ("sail", "kites", "beach")
    assert index.held("Sail kites at the beach", 0) == ()


def test_a_title_counts_more_than_a_topic_and_a_topic_more_than_prose() -> None:
    rest = "ships sails ropes"
    title = replace(_BASE, course_id=1, title="kites", description=rest)
    topic = replace(_BASE, course_id=2, topics=("kites",), description=rest)
    prose = replace(_BASE, course_id=3, description=f"kites {rest}")
    scores, _ = WordIndex.of([title, topic, prose]).scores("kites")
    assert scores[0] > scores[1] > scores[2]


def test_a_rare_word_counts_more_than_a_common_one() -> None:
    common = [
        replace(_BASE, course_id=n, title="music", description="chords tones") for n in range(8)
    ]
    rare = replace(_BASE, course_id=9, title="fugue", description="chords tones")
    scores, _ = WordIndex.of([*common, rare]).scores("music fugue")
    assert scores[8] > scores[1]


def test_an_empty_catalogue_answers_nothing() -> None:
    scores, covered = WordIndex.of([]).scores("music")
    assert len(scores) == len(covered) == 0
