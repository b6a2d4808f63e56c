"""The words that steer lecture demos: running one, its sample, stopping, and what there is to try.

The model of single utterances knows wishes for demos well; what "use the sample" or "stop" means
while one waits or runs, and a number behind "lecture", it cannot know.
"""

from __future__ import annotations

import re

_RUNS = re.compile(
    r"^\W*(?:(?:please|now|then|ok|okay|so|can you|could you|can we|let'?s)\W+)*"
    r"(?:run|launch|demo)\W+(?:the |a |my )?(?!into\b|out\b|for\b|this\b|that\b|it\b)[a-z]\w+"
    r"|\b(?:run|try|start|show|launch)\W+(?:me )?(?:the )?[a-z]+(?:_[a-z]+)+\b",
    re.IGNORECASE,
)
_OWN = r"(?:the|a|an|its|your|their|one of (?:the|your)|some|any|built-?in|default)"
_EXAMPLE = r"(?:samples?|examples?|demo pictures?|built-?in (?:one|picture|photo|image)s?)"
_SAMPLE = re.compile(
    rf"\b(?:{_OWN}\s+)+(?:own\s+)?{_EXAMPLE}\b|^\W*(?:use |with |on )?{_EXAMPLE}\b"
    r"|\b(?:use|take|with|on)\s+(?:your|its)\s+own\b"
    r"|\b(?:without|no|don'?t have|haven'?t got)\b.{0,12}\b(?:pictures?|photos?|files?|uploads?)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"^\W*(?:(?:ok|okay|yes|yeah|sure|just|please|then|alright|so)\W+)*"
    r"(?:show (?:me|it)(?: how it works)?|go ahead|go on|go for it|do it|run it|start it?|yes|yeah"
    r"|yep|sure|ok|okay|surprise me)"
    r"(?:\W+(?:then|please|anyway|now|without))*\W*$",
    re.IGNORECASE,
)
_STOPS = re.compile(
    r"\b(?:stop|cancel|abort|kill|halt|end|interrupt)\b(?:\W+\w+){0,3}?\W+"
    r"(?:demos?|jobs?|skills?|runs?|running|training|computation|style transfer|pictures?)\b",
    re.IGNORECASE,
)
_STOPS_ALONE = re.compile(
    r"^\W*(?:(?:please|ok|okay|no)\W+)*(?:stop|cancel|abort|halt|kill)"
    r"(?:\W+(?:it|that|this|now|please|running))*\W*$",
    re.IGNORECASE,
)
_LISTS = re.compile(
    r"^\W*(?:\w+\W+){0,2}?(?:what|which|list|show|how many)\b.*"
    r"\b(?:demos?|skills?|systems?|try|build|built|run|play with|assignments?)\b",
    re.IGNORECASE | re.DOTALL,
)
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
             "tenth")  # fmt: skip
_LECTURE = re.compile(
    rf"\blecture\W*(?:no\.?|number)?\W*(\d{{1,2}}|{'|'.join(_NUMBERS)})\b"
    rf"|\b(\d{{1,2}}|{'|'.join(_ORDINALS)})(?:st|nd|rd|th)?\W+lecture\b",
    re.IGNORECASE,
)


def runs(text: str) -> bool:
    """Whether the text itself orders a demo: "run happy_house"."""
    return _RUNS.search(text) is not None


def sample(text: str) -> bool:
    """Whether the text wants the demo's own input: "use the sample"."""
    return _SAMPLE.search(text) is not None


def goes_on(text: str) -> bool:
    """Whether the text only says to go on, right after the demo asked: "just show me"."""
    return _GOES_ON.match(text) is not None


def stops(text: str) -> bool:
    """Whether the text stops a demo, and says so: "cancel the demo"."""
    return _STOPS.search(text) is not None


def stops_alone(text: str) -> bool:
    """Whether the text stops whatever is going on: "stop"."""
    return _STOPS_ALONE.match(text) is not None


def lists(text: str) -> bool:
    """Whether the text asks what there is: "what would I build in CS230?"."""
    return _LISTS.match(text) is not None


def lecture(text: str) -> int | None:
    """The number of a lecture that is named, in digits or in words."""
    found = _LECTURE.search(text)
    if found is None:
        return None
    named = (found.group(1) or found.group(2)).lower()
    if named.isdigit():
        return int(named)
    words = _NUMBERS if named in _NUMBERS else _ORDINALS
    return words.index(named) + 1
