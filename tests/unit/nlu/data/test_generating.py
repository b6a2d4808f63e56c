"""The generator: deterministic, balanced, and every label on word boundaries."""

from __future__ import annotations

from nlu.data.generator import coverage, generate, templates
from nlu.data.items import tags_of
from nlu.data.validate import faults
from nlu.schema import INTENTS, SPAN_LABELS

ITEMS = generate(3000, seed=1)


def test_the_same_seed_gives_the_same_items() -> None:
    assert generate(60, seed=4) == generate(60, seed=4)
    assert generate(60, seed=4) != generate(60, seed=5)


def test_enough_templates_and_each_once_an_intent() -> None:
    pairs = templates()
    assert len(pairs) >= 250
    assert len(set(pairs)) == len(pairs)
    assert all(sum(intent == name for intent, _ in pairs) >= 25 for name in INTENTS)


def test_every_intent_and_label_is_covered() -> None:
    counted = coverage(ITEMS)
    assert set(counted["intents"]) == set(INTENTS)
    assert set(counted["labels"]) == set(SPAN_LABELS)


def test_spans_fall_on_words() -> None:
    for item in ITEMS:
        assert len(tags_of(item)) > 0
        assert all(item.text[s.start : s.end].strip() for s in item.spans)


def test_generated_items_keep_the_label_guide() -> None:
    found = [fault for fault in faults(ITEMS) if fault.startswith("generator:")]
    assert found == []


def test_noise_is_there_and_leaves_most_items_readable() -> None:
    lower = sum(item.text == item.text.lower() for item in ITEMS)
    assert 0.4 < lower / len(ITEMS) < 0.95
    assert len({item.text for item in ITEMS}) > 0.6 * len(ITEMS)
