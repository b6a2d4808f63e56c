"""Nothing that leads to a person, or opens a door, gets through the masking of logs."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from knowledge import tokens
from knowledge.logs import Names, mask
from knowledge.model.students import Principal, Role

# Words around a secret; digits there would be the secret's own neighbours.
AROUND = st.text(st.characters(exclude_categories=("Nd", "Cs")), max_size=30)
SUIDS = st.integers(0, 99_999_999).map(lambda number: f"{number:08d}") | st.integers(
    1_000_000, 9_999_999
).map(str)
BETWEEN = st.sampled_from(["", " ", "-", ".", "\u200b", "\u00a0", "/", ") ("])


def _token() -> str:
    secret = "a secret for the tests alone, longer than thirty-two bytes"
    return tokens.issue(Principal("05971234", Role.STUDENT), secret, timedelta(hours=1))


@given(AROUND, SUIDS, st.lists(BETWEEN, min_size=7, max_size=7), AROUND)
def test_a_student_number_is_never_seen(
    before: str, suid: str, gaps: list[str], after: str
) -> None:
    if re.fullmatch(r"(19|20)\d\d.?(19|20|[01]\d).*", suid):
        gaps = [""] * 7  # with a dash it would be a date or an academic year
    typed = suid[0] + "".join(gap + digit for gap, digit in zip(gaps, suid[1:], strict=False))
    shown = mask(f"{before} {typed} {after}")
    assert len(re.findall(r"\d", shown)) < 7


@given(AROUND, SUIDS, AROUND)
def test_glued_to_words_it_is_masked_too(before: str, suid: str, after: str) -> None:
    assert suid not in mask(f"{before}{suid}{after}")


@given(st.text(max_size=200))
def test_masking_is_total_keeps_lines_and_is_done_once(text: str) -> None:
    once = mask(text)
    assert mask(once) == once
    assert once.count("\n") == text.count("\n")


@given(AROUND, AROUND)
def test_tokens_of_all_kinds_are_masked(before: str, after: str) -> None:
    made = (
        _token(),
        "xoxb-" + secrets.token_hex(12),
        "xapp-1-A0-" + secrets.token_hex(12),
        Fernet(Fernet.generate_key()).encrypt(b"x").decode(),
    )
    for token in made:
        assert token not in mask(f"{before} {token} {after}")


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("GET /axess/students/05971234/enrollments 200", "05971234"),
        ("GET /x?suid=05971234&a=1", "05971234"),
        ("GET /x?suid=%30%35%39%37%31%32%33%34", "%30%35%39%37%31%32%33%34"),
        ("mail ada@stanford.edu or ada%40stanford.edu", "stanford"),
        ("postgresql+psycopg://quad:hunter2@db.example/quad", "hunter2"),
        ("Authorization: Bearer abc.def", "abc.def"),
        ("{'Authorization': 'Bearer abc'}", "abc"),
        ('{"refresh": "tiny"}', "tiny"),
        ("client_secret=s3cr3t", "s3cr3t"),
        ("GET /callback?code=" + "aB3" * 8 + "&state=" + "xY9" * 8, "aB3aB3"),
        ("the code " + "Ab1-" * 11, "Ab1-Ab1"),
        ("student ٠٥٩٧١٢٣٤", "٠٥٩٧١٢٣٤"),
        ("student ０５９７１２３４", "０５９７１２３４"),
    ],
)
def test_what_stands_in_addresses_and_headers(text: str, gone: str) -> None:
    assert gone not in mask(text)


@pytest.mark.parametrize(
    "text",
    [
        "site: open http://localhost:8000/",
        "bot: ready on port 5005",
        "class 12345 of Winter 2018-2019 on 2018-11-15 at 09:30",
        "2018-11-15 09:30:00.123 done",
        "conversation 3f2a9c0d1e4b5a6978aabbccddeeff00",
        '  File "/srv/quad/bot/server.py", line 127, in main',
        "error code: 404, CS106A is full",
        "Traceback (most recent call last):\n  @wraps\n    a = b",
    ],
)
def test_what_helps_to_find_a_fault_stays(text: str) -> None:
    assert mask(text) == text


def test_names_on_record_are_masked_in_any_order() -> None:
    names = Names(["Ada Lovelace (sample)", "Plato"])
    assert mask("KeyError: 'Lovelace, ADA' asked Plato", names) == "KeyError: '[name]' asked Plato"
    names.learn(["Grace Hopper"])
    assert mask("Ada Lovelace met grace hopper", names) == "Ada Lovelace met [name]"
