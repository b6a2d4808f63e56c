"""A swap gives one class up and takes another: two classes of one role are one too many.

Called by decoding: when every span with a role has the same role, the span that loses least by it
changes sides. A lone span keeps its role.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nlu.schema import ROLES, TAGS, split_label

_INDEX = {tag: index for index, tag in enumerate(TAGS)}


def _other_side(tag: int) -> int:
    """The same tag with the other role; a tag without a role stays."""
    prefix, label = TAGS[tag][:2], TAGS[tag][2:]
    slot, role = split_label(label)
    if role is None:
        return tag
    (other,) = (name for name in ROLES if name != role)
    return _INDEX[f"{prefix}{slot}:{other}"]


def _spans(tags: Sequence[int]) -> list[list[int]]:
    """The words of each span that carries a role."""
    spans: list[list[int]] = []
    for word, tag in enumerate(tags):
        if _other_side(tag) == tag:
            continue
        if TAGS[tag].startswith("B-"):
            spans.append([word])
        else:
            spans[-1].append(word)
    return spans


def with_both_roles(tags: Sequence[int], logs: NDArray[np.float32]) -> list[int]:
    """The tags, one span moved to the other role if none has it; logs: [words, tags]."""
    spans, result = _spans(tags), list(tags)
    roles = {split_label(TAGS[tags[words[0]]])[1] for words in spans}
    if len(spans) < 2 or len(roles) > 1:
        return result

    def loss(words: list[int]) -> float:
        return float(sum(logs[w, tags[w]] - logs[w, _other_side(tags[w])] for w in words))

    for word in min(spans, key=lambda words: loss(words) / len(words)):
        result[word] = _other_side(tags[word])
    return result
