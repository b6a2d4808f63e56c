"""What a search is about, in the student's own words: more than the tagged span often tells."""

from __future__ import annotations

import re

from bot.dialogue.turn import Turn

_TOPICAL = frozenset({"topic", "title", "subject"})
_TRAILING = re.compile(
    r"(?:[\s,;.?!]|\b(?:that|which|do|does|don'?t|doesn'?t|is|are|isn'?t|aren'?t|meet|meets|not|no"
    r"|on|in|at|for|with|by|from|to|of|and|or|but|the|a|an|this|any|only|class|classes|course"
    r"|courses|prof|professor|satisf(?:y|ies)|counts?|fulfils?|offered|taught|starts?|ends?|without"
    r"|between|during|please)\b\.?)+$",
    re.IGNORECASE,
)


def about(turn: Turn) -> str | None:
    """From the first topic to the next condition: "programs that talk with people"; None without
    a topic.
    """
    topics = [mention for mention in turn.mentions if mention.slot in ("topic", "title")]
    if not topics:
        return None
    first = topics[0]
    ends = [m.start for m in turn.mentions if m.start > first.start and m.slot not in _TOPICAL]
    end = min([*ends, len(turn.text)])
    return _TRAILING.sub("", turn.text[first.start : end]).strip() or first.text
