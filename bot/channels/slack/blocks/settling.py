"""A message after a click: what was chosen stands where the buttons were."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.channels.slack.blocks import limits
from bot.channels.slack.blocks.choices import SAY, title_of
from bot.channels.slack.blocks.elements import Block, context
from bot.channels.slack.blocks.messages import SlackMessage
from bot.channels.slack.blocks.wording import clean, escape, shorten
from bot.channels.slack.blocks.words import word

# Slack sends blocks back with fields of its own (sizes of pictures, …), which it refuses as input.
_IMAGE_KEYS = ("type", "block_id", "image_url", "slack_file", "alt_text", "title")


def settled(message: Mapping[str, Any], chosen: str | Mapping[str, Any]) -> SlackMessage:
    """The clicked message with its buttons replaced by what was chosen.

    Args:
        message: the payload's `message`; empty for an ephemeral one, which Slack does not send.
        chosen: the action that was clicked, or the words chosen. An action on one of several
            cards settles its card alone: the others can still be clicked, each says it all.
    """
    action = chosen if isinstance(chosen, Mapping) else {}
    words = clean(title_of(action) if action else chosen) or word("empty")
    line = context(word("chosen", chosen=shorten(words, limits.OPTION_VALUE)))
    given = [block for block in message.get("blocks") or () if isinstance(block, Mapping)]
    alone = str(action.get("block_id")) if _several_cards(given) and action else None
    blocks: list[Block] = []
    for block in given:
        if not _asks(block) or (alone is not None and block.get("block_id") != alone):
            blocks.append(_returned(block))
        elif line not in blocks:
            blocks.append(line)
    blocks = blocks[: limits.BLOCKS - 1]
    text = str(message.get("text") or "") or escape(word("chosen", chosen=words))
    return SlackMessage(text, blocks if line in blocks else [*blocks, line])


def _several_cards(blocks: list[Mapping[str, Any]]) -> bool:
    """Cards begin with a divider."""
    return any(block.get("type") == "divider" for block in blocks)


def _asks(block: Mapping[str, Any]) -> bool:
    """Whether a block holds buttons or a menu that say something."""
    elements = block.get("elements") if block.get("type") == "actions" else None
    return any(str(each.get("action_id", "")).startswith(SAY) for each in elements or ())


def _returned(block: Mapping[str, Any]) -> Block:
    """A block as Slack takes it again."""
    if block.get("type") == "image":
        return {key: block[key] for key in _IMAGE_KEYS if block.get(key)}
    return dict(block)
