"""What the REST door collects: one dict for an utterance, with its cards beside its text."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from bot.rasa_compat import install

install()

from rasa.core.channels.channel import CollectingOutputChannel  # noqa: E402

from bot.channels.rest import Collected  # noqa: E402

CARDS = {"lead": "One.", "cards": [{"kind": "course", "code": "CS1"}]}
BUTTONS = [{"title": "more", "payload": "more"}]


async def collected(message: dict[str, Any], channel: CollectingOutputChannel) -> list[dict]:
    await channel.send_response("s", copy.deepcopy(message))
    return channel.messages


async def test_cards_stand_beside_text_and_buttons() -> None:
    message = {"text": "1. CS1\n\nMore?", "buttons": BUTTONS, "custom": CARDS, "image": None}
    assert await collected(message, Collected()) == [
        {"recipient_id": "s", "text": "1. CS1\n\nMore?", "buttons": BUTTONS, "custom": CARDS}
    ]


async def test_pictures_follow_as_before() -> None:
    message = {"text": "Here.", "custom": CARDS, "image": "http://a/b.png"}
    first, second = await collected(message, Collected())
    assert first == {"recipient_id": "s", "text": "Here.", "custom": CARDS}
    assert second == {"recipient_id": "s", "image": "http://a/b.png"}


@pytest.mark.parametrize(
    "message",
    [
        {"text": "One.\n\nTwo.", "custom": {}},
        {"text": "Choose.", "buttons": BUTTONS},
        {"text": "Here.", "image": "http://a/b.png"},
        {"attachment": {"type": "file", "payload": {"src": "http://a", "title": "t"}}},
        {"custom": CARDS},
    ],
    ids=["text", "buttons", "picture", "file", "custom alone"],
)
async def test_all_else_is_as_rasa_collects_it(message: dict[str, Any]) -> None:
    assert await collected(message, Collected()) == await collected(
        message, CollectingOutputChannel()
    )
