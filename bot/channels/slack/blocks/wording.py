"""Text for Slack: cleaned, escaped, cut to length.

Slack page "Formatting message text": `&`, `<` and `>` are its control characters. Once they are
escaped no mention (`<!channel>`, `<@U…>`), channel or link can come out of what somebody wrote;
`verbatim` keeps Slack from making links and mentions of bare words.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.channels.slack.blocks.limits import size

_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_CUT = "…"


def clean(text: object) -> str:
    """Any value as a text that JSON and UTF-8 can carry; None is no text."""
    if text is None:
        return ""
    return str(text).encode("utf-8", "replace").decode("utf-8").replace("\x00", " ").strip()


def escape(text: str) -> str:
    """The text with Slack's three control characters made harmless."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """What `escape` made, read again: Slack sends texts back as it keeps them."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def bold(text: str) -> str:
    """Escaped and bold; a text with an asterisk of its own stays as it is."""
    return escape(text) if "*" in text or "\n" in text or not text else f"*{escape(text)}*"


def shorten(text: str, most: int) -> str:
    """At most so many letters, with an ellipsis where something is missing."""
    if size(text) <= most:
        return text
    return f"{text[: _fitting(text, most - 1, escaped=False)].rstrip()}{_CUT}"


def pieces(text: str, most: int) -> Iterator[str]:
    """The text in parts that fit once escaped, cut where a paragraph, a line or a word ends."""
    rest = text.strip()
    while rest:
        end = _fitting(rest, most, escaped=True)
        if end < len(rest):
            end = _good_end(rest, end)
        part, rest = rest[:end].rstrip(), rest[end:].lstrip()
        if part:
            yield part


def _fitting(text: str, most: int, *, escaped: bool) -> int:
    """How many characters from the start fit into `most` letters."""
    used = 0
    for index, character in enumerate(text):
        used += size(_ESCAPES.get(character, character) if escaped else character)
        if used > most:
            return index
    return len(text)


def _good_end(text: str, end: int) -> int:
    """The last end of a paragraph, line or word in the second half of what fits, else `end`."""
    for mark in ("\n\n", "\n", " "):
        found = text.rfind(mark, end // 2, end)
        if found > 0:
            return found + len(mark)
    return end
