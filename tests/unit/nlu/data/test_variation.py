"""Hand-written items with other values: the labels stay, the values change, borders are kept."""

from __future__ import annotations

import random

import pytest

from nlu.data.generator import Vocabulary
from nlu.data.items import Item, Span, tags_of
from nlu.data.reading import read_folder
from nlu.data.variation import varied

WORDS = Vocabulary.read()
ITEMS = read_folder()


@pytest.mark.parametrize("seed", range(3))
def test_every_item_stays_well_labelled(seed: int) -> None:
    chance = random.Random(seed)
    for item in ITEMS:
        other = varied(item, WORDS, chance)
        assert other.intent == item.intent
        assert [span.label for span in other.spans] == [span.label for span in item.spans]
        assert len(tags_of(other)) > 0


def test_the_same_seed_gives_the_same_items() -> None:
    once = [varied(item, WORDS, random.Random(7)) for item in ITEMS[:50]]
    again = [varied(item, WORDS, random.Random(7)) for item in ITEMS[:50]]
    assert once == again


def test_about_half_of_the_free_values_change() -> None:
    item = Item("enroll me in CS107 please", "enroll", (Span(13, 18, "code"),), "f", "a")
    chance = random.Random(1)
    kept = sum("cs107" in varied(item, WORDS, chance).text.lower() for _ in range(200))
    assert 60 < kept < 140


@pytest.mark.parametrize(
    "item",
    [
        Item("and 106B then", "inform", (Span(4, 8, "code"),), "f", "a"),
        Item("when is the CS230 midterm", "lecture_question", (Span(12, 17, "code"),), "f", "a"),
        Item(
            "in 2019 for 4 units", "answer", (Span(3, 7, "year"), Span(12, 13, "units")), "f", "a"
        ),
    ],
)
def test_what_leans_on_its_context_stays(item: Item) -> None:
    chance = random.Random(2)
    for _ in range(50):
        other = varied(item, WORDS, chance)
        said = [other.text[span.start : span.end].lower() for span in other.spans]
        assert said == [item.text[span.start : span.end].lower() for span in item.spans]
