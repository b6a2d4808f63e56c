"""Words to word pieces: the first piece of each word is found again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.encoders.location import DEFAULT, EncoderNotFound, folder_of
from nlu.pieces import MAX_PIECES, PieceMaker
from nlu.words import split

MAKER = PieceMaker.load(folder_of(DEFAULT))


def words(text: str) -> list[str]:
    return [word.text for word in split(text).words]


def test_one_first_piece_a_word() -> None:
    pieces = MAKER.pieces(words("enroll me in HUMBIO2B, please"))
    assert len(pieces.first) == 6
    assert None not in pieces.first
    assert len(pieces.ids) > 6 + 2  # the code is several pieces


@given(st.text(max_size=500))
def test_first_pieces_are_rising_places(text: str) -> None:
    pieces = MAKER.pieces(words(text))
    seen = [place for place in pieces.first if place is not None]
    assert seen == sorted(set(seen))
    assert all(0 < place < len(pieces.ids) - 1 for place in seen)
    assert len(pieces.ids) <= MAX_PIECES


def test_a_word_without_pieces_has_no_place() -> None:
    pieces = MAKER.pieces(words("a \u200b b"))
    assert pieces.first[1] is None
    assert pieces.first[0] is not None
    assert pieces.first[2] is not None


def test_an_unknown_encoder_is_named() -> None:
    with pytest.raises(EncoderNotFound, match="no-such-encoder"):
        folder_of("no-such-encoder")
