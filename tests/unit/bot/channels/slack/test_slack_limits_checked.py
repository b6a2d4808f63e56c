"""The check of Slack's limits finds what Slack would refuse."""

from __future__ import annotations

from typing import Any

import pytest
from slack_limits import LimitBroken, check


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def section(**more: Any) -> dict[str, Any]:
    return {"type": "section", "text": plain("x"), **more}


def button(**more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain("x"), "action_id": "a", **more}


def row(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def menu(*options: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "static_select", "action_id": "m", "options": list(options), **more}


def option(value: str = "v", **more: Any) -> dict[str, Any]:
    return {"text": plain("x"), "value": value, **more}


REFUSED = {
    "51 blocks": [section()] * 51,
    "long section": [{"type": "section", "text": plain("x" * 3001)}],
    "empty section": [{"type": "section", "text": plain(" ")}],
    "no text": [{"type": "section"}],
    "11 fields": [section(fields=[plain("x")] * 11)],
    "long field": [section(fields=[plain("x" * 2001)])],
    "astral letters count twice": [{"type": "header", "text": plain("😀" * 76)}],
    "26 elements": [row(*(button(action_id=str(n)) for n in range(26)))],
    "no elements": [row()],
    "same action id": [row(button(), button())],
    "no action id": [row({"type": "button", "text": plain("x")})],
    "long button": [row(button(text=plain("x" * 76)))],
    "long value": [row(button(value="x" * 2001))],
    "mrkdwn button": [row(button(text={"type": "mrkdwn", "text": "x"}))],
    "odd style": [row(button(style="gold"))],
    "odd address": [row(button(url="javascript:alert(1)"))],
    "input in a row": [row({"type": "plain_text_input", "action_id": "a"})],
    "101 options": [row(menu(*(option(str(n)) for n in range(101))))],
    "same value": [row(menu(option(), option()))],
    "long option value": [row(menu(option("x" * 151)))],
    "long description": [row(menu(option(description=plain("x" * 76))))],
    "foreign initial": [row(menu(option(), initial_option=option("other")))],
    "same block id": [section(block_id="b"), section(block_id="b")],
    "long block id": [section(block_id="x" * 256)],
    "unknown block": [{"type": "carousel"}],
    "unknown field": [section(image_width=3)],
    "11 in a context": [{"type": "context", "elements": [plain("x")] * 11}],
    "picture without words": [{"type": "image", "image_url": "https://a.b/c.png"}],
    "picture from a file": [{"type": "image", "image_url": "file:///c.png", "alt_text": "x"}],
    "long header": [{"type": "header", "text": plain("x" * 151)}],
    "lone surrogate": [{"type": "section", "text": plain("\ud800")}],
    "too much in all": [{"type": "section", "text": plain("x" * 3000)}] * 5,
}


@pytest.mark.parametrize("blocks", REFUSED.values(), ids=REFUSED)
def test_refused_in_a_message(blocks: list[dict[str, Any]]) -> None:
    with pytest.raises(LimitBroken):
        check("chat.postMessage", {"channel": "C1", "text": "x", "blocks": blocks})


@pytest.mark.parametrize(
    "payload",
    [
        {"text": "x"},
        {"channel": "C1"},
        {"channel": "C1", "text": ""},
        {"channel": "C1", "text": "x" * 40_001},
        {"channel": "C1", "text": "x", "blocks": "[]"},
    ],
    ids=["no channel", "no text", "empty text", "long text", "blocks as a string"],
)
def test_refused_messages(payload: dict[str, Any]) -> None:
    with pytest.raises(LimitBroken):
        check("chat.postMessage", payload)
    with pytest.raises(LimitBroken):
        check("chat.update", {"channel": "C1", "text": "x"})


MODAL = {"type": "modal", "title": plain("x"), "blocks": [section()]}
FIELD = {"type": "input", "label": plain("x"), "element": {"type": "plain_text_input"}}


@pytest.mark.parametrize(
    "view",
    [
        {**MODAL, "title": plain("x" * 25)},
        {**MODAL, "close": plain("x" * 25)},
        {**MODAL, "private_metadata": "x" * 3001},
        {**MODAL, "callback_id": "x" * 256},
        {**MODAL, "external_id": "x" * 256},
        {**MODAL, "blocks": [section()] * 101},
        {**MODAL, "blocks": [{**FIELD, "element": {**FIELD["element"], "action_id": "a"}}]},
        {**MODAL, "submit": plain("x"), "blocks": [FIELD]},
        {**MODAL, "type": "home"},
    ],
    ids=["title", "close", "metadata", "callback", "external", "blocks", "no submit", "no id",
         "home opened"],
)  # fmt: skip
def test_refused_forms(view: dict[str, Any]) -> None:
    with pytest.raises(LimitBroken):
        check("views.open", {"trigger_id": "1.2.a", "view": view})


def test_a_form_needs_a_trigger_and_what_is_right_passes() -> None:
    with pytest.raises(LimitBroken, match="trigger_id"):
        check("views.open", {"view": MODAL})
    check("views.open", {"trigger_id": "1.2.a", "view": MODAL})
    fine = [section(), row(button(value="x" * 2000), menu(option("x" * 150)))]
    check("chat.postMessage", {"channel": "C1", "text": "x" * 40_000, "blocks": fine})
    check("conversations.open", {"users": "U1"})
