"""The blocks and elements that Quad uses, each cut to what Slack takes.

Slack pages "Section block", "Actions block", "Context block", "Header block", "Image block",
"Input block", "Button element", "Select menu element", "Text object", "Option object".
"""

from __future__ import annotations

from typing import Any

from bot.channels.slack.blocks import limits
from bot.channels.slack.blocks.wording import clean, escape, pieces, shorten

Block = dict[str, Any]
DIVIDER: Block = {"type": "divider"}


def plain(text: str, most: int) -> Block:
    """A text object that is shown letter by letter."""
    return {"type": "plain_text", "text": shorten(text, most), "emoji": False}


def marked(text: str) -> Block:
    """A text object in Slack's markup; the text is escaped already and fits."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def sections(text: str) -> list[Block]:
    """Sections that hold all of a text."""
    parts = pieces(clean(text), limits.SECTION_TEXT)
    return [{"type": "section", "text": marked(escape(part))} for part in parts]


def context(text: str) -> Block:
    """A line in small, grey letters."""
    fitting = next(pieces(text, limits.SECTION_TEXT), "…")
    return {"type": "context", "elements": [marked(escape(fitting))]}


def header(text: str) -> Block:
    """A headline."""
    return {"type": "header", "text": plain(text, limits.HEADER)}


def button(title: str, action_id: str, value: str, style: str | None = None) -> Block:
    """A button that sends its value back."""
    styled = {"style": style} if style else {}
    text = plain(title, limits.BUTTON_TEXT)
    return {"type": "button", "text": text, "action_id": action_id, "value": value, **styled}


def link(title: str, action_id: str, address: str) -> Block:
    """A button that opens a page."""
    text = plain(title, limits.BUTTON_TEXT)
    return {"type": "button", "text": text, "action_id": action_id, "url": address}


def option(title: str, value: str, description: str = "") -> Block:
    """A line of a menu."""
    below = {"description": plain(description, limits.OPTION_DESCRIPTION)} if description else {}
    return {"text": plain(title, limits.OPTION_TEXT), "value": value, **below}


def menu(
    placeholder: str, action_id: str, options: list[Block], initial: Block | None = None
) -> Block:
    """A menu with one choice."""
    shown = plain(placeholder, limits.PLACEHOLDER)
    chosen = {"initial_option": initial} if initial else {}
    return {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": shown,
        "options": options,
        **chosen,
    }


def actions(elements: list[Block], block_id: str | None = None) -> Block:
    """A row of buttons and menus."""
    named = {"block_id": block_id} if block_id else {}
    return {"type": "actions", **named, "elements": elements}


def image(address: str, description: str) -> Block:
    """A picture that Slack fetches itself."""
    return {
        "type": "image",
        "image_url": address,
        "alt_text": shorten(description, limits.ALT_TEXT),
    }


def fetchable(address: object) -> bool:
    """Whether Slack can fetch a picture from an address: https, and not too long."""
    return openable(address) and str(address).startswith("https://")


def openable(address: object) -> bool:
    """Whether a button may open an address."""
    if not isinstance(address, str) or not address.startswith(("https://", "http://")):
        return False
    spaced = any(character.isspace() for character in address)
    return not spaced and limits.size(address) <= limits.ADDRESS and clean(address) == address
