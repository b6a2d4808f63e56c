"""Fills templates from the lexicon and types them as students do; deterministic by seed.

Templates (templates/*.yml) hold `{slot}` places. One may carry a role (`{code:drop}`) or the
kind of question word it takes (`{attribute:who}`). For a sample: `python -m nlu.data.generator`.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from nlu.data.items import Item, Misaligned, Span, tags_of
from nlu.data.noise import Around, as_typed, bare, vary

_FOLDER = Path(__file__).parent / "templates"
_LEXICON = Path(__file__).with_name("lexicon.json")
_VOCABULARY = Path(__file__).with_name("vocabulary.yml")
_THE_COURSE = "CS230"
_SUFFIXES = ("", "", "", "", "A", "B", "C", "N", "X", "L", "SI")
_PLACE = re.compile(r"\{(\w+)(?::(\w+))?\}")


# Of a hundred generated items; swaps are many because their roles hang on the whole sentence.
_SHARES = {
    "enroll": 11, "drop": 6, "swap": 15, "inform": 21, "my_schedule": 6, "answer": 10,
    "affirm": 2, "deny": 2, "cancel": 2, "greet": 2, "goodbye": 2, "thank": 2, "help": 3,
    "handoff": 3, "skill": 5, "lecture_question": 7, "other": 9,
}  # fmt: skip


def templates(folder: Path = _FOLDER) -> list[tuple[str, str]]:
    """Pairs of intent and template, in file order."""
    pairs: list[tuple[str, str]] = []
    for path in sorted(folder.glob("*.yml")):
        data: dict[str, list[str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
        pairs += [(intent, text) for intent, texts in data.items() for text in texts]
    return pairs


@dataclass(frozen=True)
class Vocabulary:
    """Values by slot, the ways to ask for an attribute, and what is said around a request."""

    values: Mapping[str, Sequence[str]]
    question_words: Mapping[str, Sequence[str]]
    around: Around

    @classmethod
    def read(cls, lexicon: Path = _LEXICON, path: Path = _VOCABULARY) -> Vocabulary:
        """The catalogue's values beside those of vocabulary.yml."""
        of_catalogue: dict[str, list[str]] = json.loads(lexicon.read_text(encoding="utf-8"))
        data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        values = {
            slot: [*of_catalogue.get(slot, ()), *data["values"].get(slot, ())]
            for slot in {*of_catalogue, *data["values"]}
        }
        around = Around(*(tuple(data[part]) for part in ("lead_ins", "tails", "reasons")))
        return cls(values, data["question_words"], around)

    def value(self, slot: str, chance: random.Random) -> str:
        """Any value of a slot; half of the codes are invented, so that no list is learnt."""
        if slot == "suid":
            return str(chance.randint(1_000_000, 99_999_999)).zfill(chance.choice((7, 8)))
        if slot == "code" and chance.random() < 0.5:
            subject = chance.choice([name for name in self.values["subject"] if name.isupper()])
            return f"{subject}{chance.randint(1, 399)}{chance.choice(_SUFFIXES)}"
        return chance.choice(self.values[slot])


def generate(count: int, seed: int, folder: Path = _FOLDER) -> list[Item]:
    """`count` items, the same for the same seed; intents by _SHARES, their templates alike."""
    chance = random.Random(seed)
    vocabulary = Vocabulary.read()
    by_intent: dict[str, list[str]] = {intent: [] for intent in _SHARES}
    for intent, template in templates(folder):
        by_intent[intent].append(template)
    items: list[Item] = []
    while len(items) < count:
        intent = chance.choices(list(_SHARES), list(_SHARES.values()))[0]
        template = chance.choice(by_intent[intent])
        item = _fill(intent, template, vocabulary, chance)
        item = as_typed(item, vocabulary.around, chance)
        try:
            tags_of(item)
        except Misaligned:
            continue  # noise glued a span to a neighbour; such an item would teach a wrong border
        items.append(item)
    return items


def _fill(intent: str, template: str, vocabulary: Vocabulary, chance: random.Random) -> Item:
    pieces: list[str] = []
    spans: list[Span] = []
    position = length = 0
    for match in _PLACE.finditer(template):
        before = template[position : match.start()]
        slot, role = match.group(1), match.group(2)
        if slot == "attribute" and role is not None:
            value, role = chance.choice(vocabulary.question_words[role]), None
        elif slot == "code" and intent == "lecture_question":
            value = vary(slot, _THE_COURSE, chance)  # other courses' midterms are no lecture's
        else:
            value = vary(slot, vocabulary.value(slot, chance), chance)
            if slot == "code" and _has_code(spans) and chance.random() < 0.2:
                value = bare(value)  # "CS 106A and 106B"
        start = length + len(before)
        pieces += [before, value]
        spans.append(Span(start, start + len(value), f"{slot}:{role}" if role else slot))
        length, position = start + len(value), match.end()
    pieces.append(template[position:])
    return Item("".join(pieces), intent, tuple(spans), f"template/{template}", "generator")


def _has_code(spans: list[Span]) -> bool:
    return any(span.label.startswith("code") for span in spans)


def coverage(items: list[Item]) -> dict[str, Any]:
    """How often each intent and label occurs, and how many templates were used."""
    return {
        "items": len(items),
        "templates": len({item.family for item in items}),
        "intents": dict(Counter(item.intent for item in items)),
        "labels": dict(Counter(span.label for item in items for span in item.spans)),
    }


def main(argv: list[str] | None = None) -> int:
    """Print a sample and its coverage."""
    parser = argparse.ArgumentParser(prog="python -m nlu.data.generator", description=__doc__)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args(argv)
    items = generate(args.count, args.seed)
    for item in items:
        print(f"{item.intent:18} {item.text}")
    print(json.dumps(coverage(items)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
