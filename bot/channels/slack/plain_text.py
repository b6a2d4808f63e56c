"""Slack's mark-up as the plain words that were meant, before the NLU reads them.

Source: https://docs.slack.dev/messaging/formatting-message-text/
"""

from __future__ import annotations

import html
import re

_MARKED = re.compile(r"<([^<>]*)>")
_STYLED = re.compile(r"(?<![\w*_~`])([*_~`]{1,3})(?=\S)(.+?)(?<=\S)\1(?![\w*_~`])", re.DOTALL)
_SPACES = re.compile(r"[ \t]{2,}")


def plain(text: str, bot_user: str | None = None) -> str:
    """The words: mentions of the bot fall away, links and channels become what the reader sees."""
    shown = _MARKED.sub(lambda found: _shown(found.group(1), bot_user), text)
    shown = _STYLED.sub(lambda found: found.group(2), shown)
    return _SPACES.sub(" ", html.unescape(shown)).strip()


def mentions(text: str, user: str) -> bool:
    """Whether the text speaks to that user by name."""
    return re.search(rf"<@{re.escape(user)}(\|[^<>]*)?>", text) is not None


def _shown(inside: str, bot_user: str | None) -> str:
    target, _, label = inside.partition("|")
    if target.startswith("@"):
        return " " if target[1:] == bot_user else f" {_name(label) or 'someone'} "
    if target.startswith("#"):
        return f"#{_name(label)}" if label else " "
    if target.startswith("!"):
        return label  # a date, or a group that is told: <!date^…|Monday>, <!here>
    if label:
        return label
    return target.removeprefix("mailto:").removeprefix("tel:")


def _name(label: str) -> str:
    return label.lstrip("@#")
