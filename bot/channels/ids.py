"""Names of messages that stay the same when a message is sent, handled or shown again."""

from __future__ import annotations

import hashlib


def message_key(conversation: str, message_id: str) -> str:
    """What Rasa knows a client's message by, whoever handles it and how often.

    The goals of a message, and so the keys under which they act at Axess, begin with it: a second
    run of the same message repeats its acts and does none anew.
    """
    named = f"{conversation}\x1f{message_id}".encode()
    return hashlib.blake2b(named, digest_size=16).hexdigest()


def reply_id(key: str, number: int) -> str:
    """The id of a message's reply; `number` counts its replies from 0."""
    return f"{key}-{number}"
