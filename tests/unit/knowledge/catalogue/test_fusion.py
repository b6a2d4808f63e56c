"""Words and meaning in one score."""

from __future__ import annotations

import numpy as np

from knowledge.catalogue.fusion import Fusion, Scores

_WORDS = np.array([0.9, 0.4, 0.0, 0.0], np.float32)
_COVERED = np.array([1.0, 0.5, 0.0, 0.0], np.float32)


def _near(*values: float) -> Scores:
    return np.array(values, np.float32)


def test_words_or_meaning_find() -> None:
    near = _near(0.5, 0.0, 0.4, 0.1)
    assert Fusion().found(_COVERED, 0.5, near).tolist() == [True, True, True, False]
    assert Fusion().found(_COVERED, 0.5, None).tolist() == [True, True, False, False]
    assert Fusion(meaning=0).found(_COVERED, 0.5, near).tolist() == [True, True, False, False]
    assert Fusion(meaning=1).found(_COVERED, 0.5, near).tolist() == [True, False, True, False]


def test_what_is_far_behind_the_best_is_not_found() -> None:
    fusion = Fusion(near=0.2, share=0.5)
    nothing = np.zeros(4, np.float32)
    assert fusion.found(nothing, 0.5, _near(0.8, 0.5, 0.3, 0.1)).tolist() == [
        True,
        True,
        False,
        False,
    ]
    assert fusion.found(nothing, 0.5, _near(0.3, 0.25, 0.1, 0.1)).tolist() == [
        True,
        True,
        False,
        False,
    ]


def test_where_every_word_is_needed_meaning_must_be_sure() -> None:
    nothing = np.zeros(2, np.float32)
    assert not Fusion().found(nothing, 1.0, _near(0.3, 0.2)).any()
    assert Fusion().found(nothing, 1.0, _near(0.5, 0.2)).tolist() == [True, False]


def test_a_course_without_vector_is_ranked_by_words() -> None:
    scores = Fusion().score(_WORDS, _COVERED, _near(0.5, np.nan, 0.5, np.nan))
    assert not np.isnan(scores).any()
    assert scores[1] == _WORDS[1] * _COVERED[1]
    assert scores[3] == 0


def test_the_ends_of_the_scale_are_one_ranker_alone() -> None:
    near = _near(0.1, 0.2, 0.3, 0.4)
    assert np.array_equal(Fusion(meaning=0).score(_WORDS, _COVERED, near), _WORDS * _COVERED)
    assert np.allclose(Fusion(meaning=1).score(_WORDS, _COVERED, near), near)
