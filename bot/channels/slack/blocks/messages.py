"""A reply of the bot as Slack messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.channels.slack.blocks import limits
from bot.channels.slack.blocks.cards import PAGE, cards, shown
from bot.channels.slack.blocks.choices import choices, letters, rows
from bot.channels.slack.blocks.elements import (
    Block,
    actions,
    context,
    fetchable,
    image,
    link,
    sections,
)  # fmt: skip
from bot.channels.slack.blocks.wording import clean, escape, pieces
from bot.channels.slack.blocks.words import word

_BAR = 10  # letters of a progress bar


@dataclass(frozen=True)
class SlackMessage:
    """One message: `text` for notifications and screen readers, `blocks` for the eye."""

    text: str
    blocks: list[Block] = field(default_factory=list)

    def arguments(self) -> dict[str, Any]:
        """The arguments of chat.postMessage, chat.update or a response_url.

        Nothing in `text` becomes a link, a mention or a preview.
        """
        shown_text = {"text": self.text, "blocks": self.blocks}
        return {**shown_text, "parse": "none", "link_names": False, "unfurl_links": False,
                "unfurl_media": False}  # fmt: skip


def message(reply: Mapping[str, Any], *, hosted: bool = True) -> SlackMessage:
    """A reply as one message; where it has more than one holds, a line says so.

    With `hosted`, pictures and files at https addresses are shown by address; all others are the
    door's to upload (`uploads`).
    """
    first, *rest = messages(reply, hosted=hosted)
    if not rest:
        return first
    return SlackMessage(first.text, [*first.blocks, context(word("more_follows"))])


def messages(reply: Mapping[str, Any], *, hosted: bool = True) -> list[SlackMessage]:
    """A reply as as many messages as it needs, in order; at least one."""
    packed = _packed(_blocks(reply, hosted))
    texts = _fallbacks(reply, len(packed))
    return [SlackMessage(text, blocks) for text, blocks in zip(texts, packed, strict=True)]


@dataclass(frozen=True)
class Upload:
    """A picture or file that Slack cannot fetch: the door uploads it, under this title."""

    address: str
    title: str


def uploads(reply: Mapping[str, Any], *, hosted: bool = True) -> list[Upload]:
    """What the door has to upload beside the message."""
    return [each for each in _files(reply) if not (hosted and fetchable(each.address))]


def _blocks(reply: Mapping[str, Any], hosted: bool) -> list[Block]:
    carded = cards(reply.get("custom"))
    words = reply["custom"].get("lead") if carded else reply.get("text")
    blocks = [*sections(clean(words)), *_progress(reply.get("progress"))]
    for card in carded:
        blocks += shown(card)
    if hosted:
        blocks += _fetched(reply)
    return [*blocks, *rows(choices(reply.get("buttons")))]


def _fetched(reply: Mapping[str, Any]) -> list[Block]:
    """Pictures and files by their address."""
    blocks = []
    for each in _files(reply):
        if not fetchable(each.address):
            continue
        if each.address == reply.get("image"):
            blocks.append(image(each.address, each.title))
        else:
            named = word("open_file", title=each.title)
            blocks.append(actions([link(named, PAGE, each.address)]))
    return blocks


def _files(reply: Mapping[str, Any]) -> list[Upload]:
    files = []
    if picture := clean(reply.get("image")):
        files.append(Upload(picture, word("picture")))
    attachment = reply.get("attachment")
    payload = attachment.get("payload") if isinstance(attachment, Mapping) else None
    if isinstance(payload, Mapping) and (address := clean(payload.get("src"))):
        files.append(Upload(address, clean(payload.get("title")) or word("file")))
    return files


def _progress(done: object) -> list[Block]:
    """A bar for a skill that is under way."""
    if isinstance(done, bool) or not isinstance(done, int | float) or not 0 <= done <= 1:
        return []
    filled = round(done * _BAR)
    bar = "▰" * filled + "▱" * (_BAR - filled)
    return [context(word("progress", bar=bar, percent=round(done * 100)))]


def _packed(blocks: list[Block]) -> list[list[Block]]:
    """The blocks spread over messages; each leaves room for the line that there is more."""
    packed: list[list[Block]] = [[]]
    used = 0
    for block in blocks:
        cost = letters(block)
        full = len(packed[-1]) == limits.BLOCKS - 1 or used + cost > limits.LETTERS
        if packed[-1] and full:
            packed.append([])
            used = 0
        packed[-1].append(block)
        used += cost
    return packed


def _fallbacks(reply: Mapping[str, Any], count: int) -> list[str]:
    """The `text` of each message, never empty: Slack would refuse it."""
    said = clean(reply.get("text")) or clean((cards(reply.get("custom")) or [{}])[0].get("title"))
    named = said or next((each.title for each in _files(reply)), word("empty"))
    parts = [escape(part) for part in pieces(named, limits.FALLBACK)]
    return [*parts[:count], *[parts[-1]] * (count - len(parts))]
