"""The committed utterances follow the label guide and do not cross the splits."""

from __future__ import annotations

from collections import Counter

from nlu.data.items import Item, Span
from nlu.data.reading import parse_markup, read_folder
from nlu.data.splits import TEST_AUTHORS, outlines, split_items
from nlu.data.validate import MAX_SHARED, faults, shared_forms
from nlu.schema import INTENTS, SLOTS, SPAN_LABELS, split_label

ITEMS = read_folder()


def test_no_faults() -> None:
    assert list(faults(ITEMS)) == []


def test_every_intent_and_slot_occurs() -> None:
    assert {item.intent for item in ITEMS} == set(INTENTS)
    labels = {span.label for item in ITEMS for span in item.spans}
    assert {split_label(label)[0] for label in labels} == set(SLOTS)
    assert {label for label in SPAN_LABELS if ":" in label} <= labels


def test_few_share_a_delexicalised_form() -> None:
    assert shared_forms(ITEMS) <= MAX_SHARED


def test_the_test_author_is_held_out_whole() -> None:
    splits = split_items(ITEMS)
    assert {item.author for item in splits.test} == TEST_AUTHORS
    others = {item.author for item in (*splits.train, *splits.dev)}
    assert not others & TEST_AUTHORS


def test_a_family_stands_on_one_side() -> None:
    splits = split_items(ITEMS)
    parts = [{item.family for item in part} for part in (splits.train, splits.dev, splits.test)]
    assert sum(len(part) for part in parts) == len(set().union(*parts))


def test_no_near_duplicate_crosses_into_training() -> None:
    splits = split_items(ITEMS)
    held_out = outlines((*splits.dev, *splits.test))
    assert not held_out & {item.outline for item in splits.train}


def test_only_the_shortest_forms_are_common_property() -> None:
    lines = ("yes", "[fall](quarter) [2019](year)", "drop it now")
    items = [
        Item(*parse_markup(line)[:1], "answer", parse_markup(line)[1], "", "") for line in lines
    ]
    assert outlines(items) == {"drop it now"}


def test_the_test_author_uses_every_intent() -> None:
    counts = Counter(item.intent for item in split_items(ITEMS).test)
    assert min(counts[intent] for intent in INTENTS) >= 5


def item(text: str, intent: str, *spans: Span) -> Item:
    return Item(text, intent, spans, "f", "a")


def test_faults_are_found() -> None:
    bad = [
        item("drop CS1", "drop", Span(5, 8, "code:drop")),
        item("swap CS1", "swap", Span(5, 8, "code")),
        item("units please", "answer", Span(0, 5, "attribute")),
        item("run GAN", "lecture_question", Span(4, 7, "skill")),
        item("tell me about jazz", "other", Span(14, 18, "topic")),
        item("CS106A", "enroll", Span(0, 4, "code")),
        item("hm", "unheard_of"),
        item("hm now", "other", Span(0, 2, "unheard_of")),
    ]
    found = list(faults(bad))
    assert len(found) >= len(bad)
    words = ("role", "without a role", "rule 7", "rule 8", "boundaries", "intent", "label")
    assert all(any(word in fault for fault in found) for word in words)


def test_duplicates_are_found() -> None:
    assert any("duplicate" in fault for fault in faults([item("Hi", "greet"), item("hi", "greet")]))
