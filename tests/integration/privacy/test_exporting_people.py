"""What is told about a student: everything, readable, and nothing of anybody else."""

from __future__ import annotations

import base64
import json

import pytest
from kept_people import NAME, OTHER, OTHER_NAME, WHO, Kept

from bot.privacy.errors import NothingKept
from bot.privacy.exporting import export
from bot.privacy.person import find
from knowledge.errors import InvalidSuid

EMPTY = {"withdrawals", "completions", "petitions"}


def test_every_part_has_its_entries_and_says_what_it_is(kept: Kept) -> None:
    document = export(kept.stores, find(kept.stores, WHO))
    counts = {name: len(entries) for name, entries in document["parts"].items()}
    assert {name for name, count in counts.items() if not count} == EMPTY
    assert {name: told["entries"] for name, told in document["manifest"].items()} == counts
    assert all(told["what"] for told in document["manifest"].values())
    assert document["about"] == {"suid": WHO, "name": NAME}


def test_the_document_is_plain_json_and_tells_the_words_themselves(kept: Kept) -> None:
    document = json.loads(json.dumps(export(kept.stores, find(kept.stores, WHO))))
    parts = document["parts"]
    assert parts["enrollments"][0]["code"] == "CS106A"
    said = [event["text"] for each in parts["conversations"] for event in each["events"]]
    assert len(parts["conversations"]) == 2
    assert f"it shows {NAME}" in said
    files = {each["file"]: base64.b64decode(each["base64"]) for each in parts["files"]}
    assert files[f"uploads/{'a' * 32}"] == f"a picture of {NAME}".encode()
    assert files[f"jobs/{'b' * 32}/0.png"] == f"made of {NAME}".encode()


def test_nobody_else_is_told_of(kept: Kept) -> None:
    text = json.dumps(export(kept.stores, find(kept.stores, WHO)))
    assert OTHER not in text
    assert OTHER_NAME not in text


def test_no_secret_is_told(kept: Kept) -> None:
    text = json.dumps(export(kept.stores, find(kept.stores, WHO)))
    assert "secret_hash" not in text
    assert "code_hash" not in text


def test_seven_digits_are_the_same_number(kept: Kept) -> None:
    assert find(kept.stores, WHO[1:]).name == NAME


@pytest.mark.parametrize("text", ["", "abc", "123", "059712345", "0597123x", "' OR 1=1 --", "%"])
def test_what_is_no_number_is_refused(kept: Kept, text: str) -> None:
    with pytest.raises(InvalidSuid):
        find(kept.stores, text)


def test_a_number_that_nobody_has_is_told_so(kept: Kept) -> None:
    with pytest.raises(NothingKept):
        export(kept.stores, find(kept.stores, "05000009"))


def test_a_visitor_s_words_are_not_a_student_s(kept: Kept) -> None:
    """A subject alone is not enough: the role must be a student's too."""
    from kept_people import add_events, said

    add_events(kept.settings.tracker_url, "v" * 32, [said(WHO, "hi", 1.0, role="anonymous")])
    assert "v" * 32 not in find(kept.stores, WHO).conversations
