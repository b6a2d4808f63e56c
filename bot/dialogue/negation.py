"""Words before a span that turn it round: "not on Fridays", "anything but history"."""

from __future__ import annotations

import re

_EXCEPT = re.compile(
    r"\b(?:not|no|nothing|never|except|avoid|without|w/?o|w/out|excluding|other than"
    r"|(?:is|are|do|does|ca|wo)n'?t)\W+(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)
_EXCLUDING = re.compile(
    r"\b(?:no(?!,)|not|nothing|except|avoid|without|w/?o|w/out|excluding|other than|but|less"
    r"|fewer)\W+"
    r"(?:(?:in|from|any|the|for)\W+){0,2}$",
    re.IGNORECASE,
)
_RULED_OUT = re.compile(
    r"(?:(?<!why )\bnot|n't|\bnever|\bexcept(?: for)?|\bother than|\bwithout|\bw/?o|\bw/out"
    r"|\b(?:any|every|all|none|nothing|when|what)\w*\b[^,;.!?]{0,20}\bbut(?: for)?"
    r"|\binstead of|\brather than)\s+(?:(?:in|the|for|on|to|take|do|want)\s+)*$",
    re.IGNORECASE,
)


def negated_before(text: str, start: int) -> bool:
    """Whether the words right before a span exclude it: "not on fridays"."""
    return _EXCEPT.search(text[:start]) is not None


def excluded_before(text: str, start: int) -> bool:
    """Whether the words right before a subject rule it out: "anything but history"."""
    return _EXCLUDING.search(text[:start]) is not None


def ruled_out(text: str, start: int) -> bool:
    """Whether the words right before a span refuse it: "not winter", "anything but spring"; a
    "no" alone corrects: "no, winter", and so does a "but" without "any": "yes but in spring".
    """
    return _RULED_OUT.search(text[:start]) is not None
