"""Course and enrollment cards: what is known as fields, the official page, what can be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.channels.slack.blocks import limits
from bot.channels.slack.blocks.choices import Choice, rows
from bot.channels.slack.blocks.elements import DIVIDER, Block, link, marked, openable, sections
from bot.channels.slack.blocks.limits import size
from bot.channels.slack.blocks.wording import bold, clean, escape
from bot.channels.slack.blocks.words import word

PAGE = "page"  # the action id of a link: Slack tells of the click, and nothing is to be done


def cards(custom: object) -> list[Mapping[str, Any]]:
    """The cards in a reply's `custom`; none when it is of another kind."""
    given = custom.get("cards") if isinstance(custom, Mapping) else None
    return [card for card in given or () if isinstance(card, Mapping)] if _many(given) else []


def shown(card: Mapping[str, Any]) -> list[Block]:
    """The blocks of one card."""
    lines = _lines(card)
    fields = [line for line in lines if size(escape(line)) <= limits.FIELD_TEXT][: limits.FIELDS]
    rest = [line for line in lines if line not in fields]
    return [
        DIVIDER,
        *_head(card, fields),
        *sections("\n".join(rest)),
        *rows(_offered(card)),
    ]


def _head(card: Mapping[str, Any], fields: Sequence[str]) -> list[Block]:
    code, title, units = (clean(card.get(key)) for key in ("code", "title", "units"))
    place = f"{number}." if isinstance(number := card.get("number"), int) else ""
    named = " ".join(part for part in (place, bold(code), escape(title)) if part)
    text = "\n".join(part for part in (named, escape(units)) if part)
    if not text or size(text) > limits.SECTION_TEXT:
        return [*sections(f"{code} {title}\n{units}"), *_only_fields(fields)]
    head: Block = {"type": "section", "text": marked(text), **_fields(fields)}
    if openable(address := card.get("link")):
        head["accessory"] = link(word("page"), PAGE, str(address))
    return [head]


def _fields(lines: Sequence[str]) -> Block:
    return {"fields": [marked(escape(line)) for line in lines]} if lines else {}


def _only_fields(lines: Sequence[str]) -> list[Block]:
    return [{"type": "section", **_fields(lines)}] if lines else []


def _lines(card: Mapping[str, Any]) -> list[str]:
    given = card.get("lines")
    told = [clean(line) for line in given or ()] if _many(given) else []
    return list(dict.fromkeys(line for line in told if line))


def _offered(card: Mapping[str, Any]) -> list[Choice]:
    given = card.get("actions")
    read = [a for a in given or () if isinstance(a, Mapping)] if _many(given) else []
    offered = (Choice.of(action.get("title"), action.get("say")) for action in read)
    return [choice for choice in offered if choice is not None]


def _many(given: object) -> bool:
    return isinstance(given, list | tuple)
