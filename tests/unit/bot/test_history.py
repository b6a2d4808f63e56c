"""A conversation's record as pages see it: ids that stay, notes with their own, turns whole."""

from __future__ import annotations

from bot.rasa_compat import install

install()

from rasa.shared.core.events import BotUttered, UserUttered  # noqa: E402

from bot.channels.history import shown  # noqa: E402
from bot.channels.ids import message_key, reply_id  # noqa: E402


def _said(text: str, key: str, client: str | None = None) -> UserUttered:
    metadata = {"client": {"message_id": client}} if client else {}
    return UserUttered(text, message_id=key, metadata=metadata)


def test_replies_are_numbered_within_their_turn() -> None:
    key = message_key("c", "m-1")
    events = [
        _said("hello", key, "m-1"),
        BotUttered("hi", {"buttons": None}),
        BotUttered("a note", {"id": "job-1"}),
        BotUttered("more", {"image": "http://x/y.png"}),
        _said("again", "another"),
        BotUttered("yes"),
    ]
    ids = [message["id"] for _, message in shown(events)]
    own = ["m-1", reply_id(key, 0), "job-1", reply_id(key, 1)]
    assert ids == [*own, "another", reply_id("another", 0)]
    assert [of for of, _ in shown(events)] == [key, key, "job-1", key, "another", "another"]
    assert [m["from"] for _, m in shown(events)] == ["user", "bot", "bot", "bot", "user", "bot"]


def test_the_same_id_in_another_conversation_is_another_message() -> None:
    assert message_key("c", "m-1") == message_key("c", "m-1")
    assert message_key("c", "m-1") != message_key("d", "m-1")
    assert message_key("c", "m-1") != message_key("c", "m-2")
