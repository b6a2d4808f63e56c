"""The page's own words: both languages say the same, and nothing is said that is not there."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

SOURCE = Path(__file__).parents[4] / "bot" / "web" / "src"
SAME = {"quad", "hereIsMyPicture"}  # a name, and what the bot understands


def _table(name: str) -> dict[str, Any]:
    table: dict[str, Any] = json.loads((SOURCE / "strings" / f"{name}.json").read_text())
    return table


def test_both_languages_have_the_same_words() -> None:
    assert list(_table("en")) == list(_table("es"))
    launcher = _table("launcher")
    assert list(launcher["en"]) == list(launcher["es"])


def test_nothing_is_left_in_english() -> None:
    english, spanish = _table("en"), _table("es")
    same = {key for key in english if english[key] == spanish[key]}
    assert same <= SAME
    for one, other in zip(english["suggestions"], spanish["suggestions"], strict=True):
        assert one["title"] != other["title"]
        assert one["say"] == other["say"]  # the bot understands English
    launcher = _table("launcher")
    assert all(launcher["en"][key] != launcher["es"][key] for key in launcher["en"])


def test_every_word_is_used_and_every_used_word_is_there() -> None:
    own = [path for path in SOURCE.glob("*.js") if path.name != "voice.js"]  # has its own words
    code = "\n".join(path.read_text() for path in own)
    used = set(re.findall(r"\bstrings\.(\w+)", code)) | {"course", "enrollment"}  # by a card's kind
    assert used == set(_table("en"))


@pytest.mark.parametrize("name", ["en", "es"])
def test_no_word_is_empty_but_a_note_that_english_needs_not(name: str) -> None:
    empty = {key for key, value in _table(name).items() if not value}
    assert empty == ({"languageNote"} if name == "en" else set())
