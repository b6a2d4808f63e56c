"""Slack's mark-up as words, and the outside of its requests."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.slack import envelopes, places
from bot.channels.slack.forms import course_in
from bot.channels.slack.places import Place
from bot.channels.slack.plain_text import mentions, plain


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<@U0QUAD> who teaches CS106A?", "who teaches CS106A?"),
        ("<@U0QUAD|quad>, hello", ", hello"),
        ("hello <@U7|ada> and <@U8>", "hello ada and someone"),
        ("see <http://x.org/a?b=1&amp;c=2|the page>", "see the page"),
        ("see <http://x.org>", "see http://x.org"),
        ("mail <mailto:a@b.org|a@b.org>", "mail a@b.org"),
        ("in <#C1|general>", "in #general"),
        ("MS&amp;E 120 &lt; 5 &gt; 3", "MS&E 120 < 5 > 3"),
        ("<!date^1392734382^{date}|Monday> <!here>", "Monday"),
        ("*drop* _CS106A_ ~now~ `please`", "drop CS106A now please"),
        ("3 * 4 * 5 and snake_case_name", "3 * 4 * 5 and snake_case_name"),
        ("&amp;lt; stays", "&lt; stays"),
    ],
)
def test_mark_up_becomes_words(text: str, words: str) -> None:
    assert plain(text, "U0QUAD") == words


@given(
    st.text(
        alphabet=st.characters(exclude_characters="*_~`<> \t\x00", categories=("L", "N", "P", "S")),
        max_size=50,
    )
)
def test_words_without_mark_up_are_kept(words: str) -> None:
    assert plain(html.escape(words, quote=False)) == words


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert isinstance(plain(text, "U1"), str)


def test_a_mention_is_told_from_another() -> None:
    assert mentions("hey <@U1> and <@U2|x>", "U2")
    assert not mentions("<@U12> U1 @U1", "U1")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["type", "event", "team", "user", "channel", "ts", "actions", "view", "id",
                 "container", "message", "command", "trigger_id", "team_id", "blocks"]
            ),
            inner,
            max_size=5,
        ),
        max_leaves=25,
    ),
    st.sampled_from(["event_callback", "block_actions", "view_submission", "shortcut", "x"]),
)  # fmt: skip
def test_no_shape_of_a_request_breaks_the_reader(value: object, kind: str) -> None:
    body = {**(value if isinstance(value, dict) else {"event": value}), "type": kind}
    found = envelopes.of(body)
    assert found is None or 0 < len(found.key) <= 160


def test_a_place_is_written_down_and_read_again() -> None:
    place = Place("T1", "C1", "U1", "1.2", True)
    assert Place.from_json(place.as_json()) == place
    assert Place.from_json({"team": "T1", "user": "U1"}).direct


def test_the_thread_is_noted_in_what_can_be_clicked() -> None:
    blocks = [{"type": "section"}, {"type": "actions", "block_id": "card:1"}, {"type": "actions"}]
    noted = places.with_thread(blocks, "1700000000.000100")
    ids = [block.get("block_id") for block in noted]
    assert ids[0] is None
    assert len(set(ids[1:])) == 2
    assert {places.thread_noted(each) for each in ids[1:]} == {"1700000000.000100"}
    assert places.thread_noted("card:1") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [("who takes cs 106a?", "CS106A"), ("MS&E 120 is nice", "MS&E120"), ("no course here", "")],
)
def test_the_course_in_a_message(text: str, code: str) -> None:
    assert course_in(text) == code
