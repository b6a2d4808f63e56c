"""Lists likely label errors of the hand-written data: `python -m nlu.audit [--folds 4]`.

Confident learning (Northcutt et al. 2021): models that never saw an item say how likely its labels
are. To take minutes instead of hours they are the committed kind of head on frozen sentence
vectors: logistic regression over the intents of single utterances, and over the tags of words
beside their neighbours. A person decides; the list is where to look first.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence

import numpy as np
import torch
from cleanlab.filter import find_label_issues
from cleanlab.token_classification.filter import find_label_issues as find_tag_issues
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from nlu.batches import coder_of
from nlu.data.items import Item, tags_of
from nlu.data.reading import read_folder, to_markup
from nlu.encoders.location import DEFAULT
from nlu.evaluation.frozen import embeddings
from nlu.schema import INTENTS, TAGS
from nlu.turns import turn_of

Floats = NDArray[np.float32]
_OUTSIDE = 0  # the index of "O"


def doubtful_intents(items: Sequence[Item], vectors: Floats, folds: int) -> Iterator[str]:
    """A line for each utterance whose intent is likely wrong, the likeliest first."""
    gold = np.array([INTENTS.index(item.intent) for item in items])
    families = [item.family for item in items]
    sure = _out_of_fold(vectors, gold, families, folds, len(INTENTS))
    found = find_label_issues(gold, sure, return_indices_ranked_by="self_confidence")
    for index in found:
        item, other = items[index], INTENTS[int(sure[index].argmax())]
        yield f"{item.author:8} {item.intent:16} → {other:16} {to_markup(item)}"


def doubtful_tags(items: Sequence[Item], words: Sequence[Floats], folds: int) -> Iterator[str]:
    """A line for each utterance with a word whose tag is likely wrong."""
    gold = [np.array([TAGS.index(tag) for tag in tags_of(item)]) for item in items]
    flat = np.concatenate(gold)
    families = [item.family for item, tags in zip(items, gold, strict=True) for _ in tags]
    sure = _out_of_fold(np.concatenate(words), flat, families, folds, len(TAGS))
    borders = np.cumsum([len(tags) for tags in gold])[:-1]
    by_item = np.split(sure, borders)
    seen: set[int] = set()
    for index, word in find_tag_issues([list(tags) for tags in gold], by_item):
        if index in seen:
            continue
        seen.add(index)
        item, text = items[index], turn_of(items[index]).words[word]
        other = TAGS[int(by_item[index][word].argmax())]
        yield f"{item.author:8} {text!r}: {TAGS[gold[index][word]]} → {other}  {to_markup(item)}"


def _out_of_fold(
    rows: Floats, gold: NDArray[np.intp], families: Sequence[str], folds: int, classes: int
) -> Floats:
    """[n, classes]: each row's probabilities by a model that read other families."""
    sure = np.full((len(gold), classes), 1e-6, dtype=np.float32)
    parts = StratifiedGroupKFold(folds, shuffle=True, random_state=0)
    for train, held in parts.split(rows, gold, families):
        model = LogisticRegression(max_iter=200, C=4.0).fit(rows[train], gold[train])
        sure[np.ix_(held, model.classes_)] = model.predict_proba(rows[held])
    normal: Floats = sure / sure.sum(axis=1, keepdims=True)
    return normal


def main(argv: list[str] | None = None) -> int:
    """Print both lists."""
    parser = argparse.ArgumentParser(prog="python -m nlu.audit", description=__doc__)
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--limit", type=int, default=60, help="lines of each list")
    parser.add_argument("--authors", nargs="*", help="these alone")
    args = parser.parse_args(argv)
    torch.manual_seed(0)
    items = [i for i in read_folder() if not args.authors or i.author in args.authors]
    sentences, words = embeddings(coder_of(DEFAULT), [turn_of(item) for item in items])
    print("# intents")
    for number, line in enumerate(doubtful_intents(items, sentences, args.folds)):
        if number < args.limit:
            print(line)
    print("# tags")
    for number, line in enumerate(doubtful_tags(items, words, args.folds)):
        if number < args.limit:
            print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
