"""Checks the hand-written data against the label guide: `python -m nlu.data.validate`."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator

from nlu.data.dialogue_files import Dialogue, read_dialogues
from nlu.data.items import Item, Misaligned, tags_of
from nlu.data.reading import read_folder
from nlu.data.splits import SHORT
from nlu.schema import INTENTS, ROLE_SLOTS, SPAN_LABELS, split_label

MAX_SHARED = 0.02
_NO_TOPIC = frozenset({"lecture_question", "other"})


def faults(items: list[Item]) -> Iterator[str]:
    """Every fault, one line each."""
    seen: Counter[str] = Counter()
    for item in items:
        yield from (f"{item.author}: {fault}: {item.text}" for fault in faults_of(item))
        seen[item.text.lower()] += 1
    yield from (f"duplicate: {text}" for text, count in seen.items() if count > 1)
    share = shared_forms(items)
    if share > MAX_SHARED:
        yield f"{share:.1%} of the utterances share a delexicalised form"


def dialogue_faults(dialogues: list[Dialogue]) -> Iterator[str]:
    """Every fault of the dialogues, one line each."""
    seen: Counter[str] = Counter()
    for dialogue in dialogues:
        of_user = [isinstance(turn, Item) for turn in dialogue.turns]
        if len(of_user) < 2 or of_user != [place % 2 == 0 for place in range(len(of_user))]:
            yield f"{dialogue.id}: turns do not alternate from the user's on"
        if any(not turn.strip() for turn in dialogue.turns if isinstance(turn, str)):
            yield f"{dialogue.id}: the assistant says nothing"
        for item in dialogue.items:
            yield from (f"{dialogue.id}: {fault}: {item.text}" for fault in faults_of(item))
        seen[dialogue.id] += 1
        seen[" / ".join(item.delexicalised for item in dialogue.items)] += 1
    yield from (f"twice: {name}" for name, count in seen.items() if count > 1)


def faults_of(item: Item) -> Iterator[str]:
    """Every fault of one utterance by itself."""
    labels = [span.label for span in item.spans]
    slots = [split_label(label)[0] for label in labels]
    if item.intent not in INTENTS:
        yield f"unknown intent {item.intent}"
    yield from (f"unknown label {label}" for label in labels if label not in SPAN_LABELS)
    if item.intent != "swap" and any(":" in label for label in labels):
        yield "a role outside swap"
    if item.intent == "swap" and any(label in ROLE_SLOTS for label in labels):
        yield "a class without a role in a swap"
    if item.intent != "inform" and "attribute" in slots:
        yield "attribute outside inform (rule 7)"
    if item.intent != "skill" and "skill" in slots:
        yield "skill outside the intent skill (rule 8)"
    if item.intent in _NO_TOPIC and {"topic", "title"} & set(slots):
        yield "topic or title where there is none (rule 8)"
    try:
        tags_of(item)
    except Misaligned as error:
        yield f"span off the word boundaries {error}"


def shared_forms(items: list[Item]) -> float:
    """The share of utterances whose delexicalised form another one has too."""
    forms = Counter(item.delexicalised for item in items)
    shared = sum(count for count in forms.values() if count > 1)
    return shared / max(1, len(items))


def main() -> int:
    """Print counts and faults; 1 when there are any."""
    items, dialogues = read_folder(), read_dialogues()
    counts = Counter(item.intent for item in items)
    print(f"{len(items)} utterances by {len({item.author for item in items})} authors")
    print(", ".join(f"{intent} {counts[intent]}" for intent in INTENTS))
    print(f"sharing a delexicalised form: {shared_forms(items):.2%}")
    turns = [item for dialogue in dialogues for item in dialogue.items]
    authors = len({dialogue.author for dialogue in dialogues})
    print(f"{len(dialogues)} dialogues by {authors} authors, {len(turns)} turns of the user")
    longer = [turn for turn in turns if len(turn.outline.split()) > SHORT]
    print(f"sharing a delexicalised form, above {SHORT} words: {shared_forms(longer):.2%}")
    found = [*faults(items), *dialogue_faults(dialogues)]
    for fault in found:
        print(fault)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
