"""What people agreed on as a file of training data, in the format of `nlu/data/hand`.

An item goes out when it is done or settled. It is left out when its form is held out for the dev or
test part, when the training data knows the sentence or its form already, or when it cannot be
written in the markup. Doing it again on the same day writes the same file.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from yaml import YAMLError

from bot.labelling.checking import item_of
from knowledge.errors import ExportRefused
from knowledge.model.labelling import LabelItem
from nlu.data.dialogue_files import read_dialogues
from nlu.data.items import Item
from nlu.data.reading import HAND, parse_markup, read_file, read_folder, to_markup
from nlu.data.splits import FROM_CONVERSATIONS, outlines, split_dialogues, split_items
from nlu.data.validate import faults, faults_of
from nlu.schema import INTENTS


class Left(StrEnum):
    """Why an item was not exported."""

    HELD_OUT = "held-out"
    KNOWN = "known"  # the sentence itself stands in the training data
    FORM_KNOWN = "form-known"
    UNWRITABLE = "unwritable"
    AGAINST_GUIDE = "against-the-guide"


@dataclass(frozen=True)
class Exported:
    """How many items the file holds, how many of them are new, and why others were left out."""

    path: Path
    items: int
    new: int
    left: dict[str, int]


def author_of(day: date) -> str:
    """The author under whose name a day's export goes."""
    return f"{FROM_CONVERSATIONS}{day.isoformat()}"


def export(items: Sequence[LabelItem], day: date, path: Path | None = None) -> Exported:
    """Write the results; raise ExportRefused, writing nothing, if the whole would have faults."""
    author = author_of(day)
    target = path or HAND / f"{author}.yml"
    results = [item_of(item.text, reading, author) for item in items if (reading := item.result)]
    others = [item for item in read_folder() if item.author != author]
    before = _own_file(target, author)
    chosen = Chooser(others)
    # A sentence that is labelled otherwise by now takes its place in the file.
    current = {item.text.casefold() for item in results}
    kept = [item for item in before if item.text.casefold() not in current]
    taken = chosen.take([*kept, *results])
    if found := [*faults([*others, *taken])]:
        raise ExportRefused(found)
    if taken or target.exists():
        _replace(target, as_yaml(taken, author))
    known = {item.text.casefold() for item in before}
    new = sum(item.text.casefold() not in known for item in taken)
    return Exported(target, len(taken), new, dict(chosen.left))


class Chooser:
    """Takes what the training data lacks and may have."""

    def __init__(self, others: list[Item]) -> None:
        splits = split_items(others)
        _, dev, test = split_dialogues(read_dialogues())
        of_dialogues = (item for dialogue in (*dev, *test) for item in dialogue.items)
        self._held_out = outlines((*splits.dev, *splits.test, *of_dialogues))
        self._texts = {item.text.casefold() for item in others}
        self._forms = {item.delexicalised for item in others}
        self.left: Counter[str] = Counter()

    def take(self, items: Iterable[Item]) -> list[Item]:
        """Those that may go out, each sentence and each form once."""
        taken: list[Item] = []
        for item in items:
            if (reason := self._reason(item)) is not None:
                self.left[reason.value] += 1
                continue
            self._texts.add(item.text.casefold())
            self._forms.add(item.delexicalised)
            taken.append(item)
        return taken

    def _reason(self, item: Item) -> Left | None:
        if item.outline in self._held_out:
            return Left.HELD_OUT
        if item.text.casefold() in self._texts:
            return Left.KNOWN
        if any(faults_of(item)):
            return Left.AGAINST_GUIDE
        if not writable(item):
            return Left.UNWRITABLE
        return Left.FORM_KNOWN if item.delexicalised in self._forms else None


def as_yaml(items: Iterable[Item], author: str) -> str:
    """A file of training data: by intent, then by text, so that it is always the same."""
    lines = ['version: "3.1"', f"# Author {author}: what students said, personal data made up."]
    lines.append("nlu:")
    ordered = sorted(items, key=lambda item: item.text)
    for intent in INTENTS:
        own = [item for item in ordered if item.intent == intent]
        if own:
            lines += [f"- intent: {intent}", f"  metadata: {{family: {intent}, author: {author}}}"]
            lines += ["  examples: |", *(f"    - {to_markup(item)}" for item in own)]
    return "\n".join(lines) + "\n"


def _own_file(path: Path, author: str) -> list[Item]:
    """What an earlier export of that day wrote; raise ExportRefused for anybody else's file."""
    if not path.exists():
        return []
    try:
        before = read_file(path)
    except (ValueError, LookupError, TypeError, YAMLError) as error:
        raise ExportRefused([f"{path} holds no training data: {type(error).__name__}"]) from error
    if {item.author for item in before} - {author}:
        raise ExportRefused([f"{path} is another author's"])
    return before


def writable(item: Item) -> bool:
    """Whether reading the markup gives the item again, on one line of plain characters."""
    line = to_markup(item)
    plain = line == " ".join(line.split()) and line.isprintable() and not re.match(r"\W*$", line)
    return plain and parse_markup(line) == (item.text, item.spans)


def _replace(path: Path, text: str) -> None:
    """Whole or not at all, also if the process ends in the middle."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
