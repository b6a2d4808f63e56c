"""What every door does with an incoming message before Rasa sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.dialogue.demos import MOST_UPLOADS
from bot.dialogue.zones import known_zone
from knowledge.model.students import Principal

MAX_CHARACTERS = 20_000
MAX_SENDER = 256
_CLIENT_KEYS = ("upload", "message_id", "locale", "time_zone")


@dataclass(frozen=True)
class MalformedMessage(Exception):
    """A request body that is not a message; `field` names what is wrong."""

    field: str


@dataclass(frozen=True)
class Incoming:
    """One message as a door received it: who said what in which of his or her conversations."""

    sender: str
    text: str
    client: dict[str, Any]

    @property
    def time_zone(self) -> str | None:
        """Where the client's clock stands: an IANA name, or None."""
        zone: str | None = self.client.get("time_zone")
        return zone

    @property
    def message_id(self) -> str | None:
        """The client's own id of this message, by which resends are recognised."""
        return self.client.get("message_id") or None

    def metadata(self, principal: Principal) -> dict[str, Any]:
        """What the tracker keeps: the verified speaker and the few client keys we know."""
        return {
            "principal": {"subject": principal.subject, "role": principal.role.value},
            "client": self.client,
        }


def read(body: Any) -> Incoming:
    """Read a JSON body `{"sender", "message", "metadata"?}`; raise MalformedMessage."""
    if not isinstance(body, dict):
        raise MalformedMessage("body")
    sender, message = body.get("sender", "default"), body.get("message")
    if not isinstance(sender, str) or not 0 < len(sender) <= MAX_SENDER:
        raise MalformedMessage("sender")
    if not isinstance(message, str):
        raise MalformedMessage("message")
    metadata = body.get("metadata")
    if metadata is not None and not isinstance(metadata, dict):
        raise MalformedMessage("metadata")
    return Incoming(sender, plain(message), _client_keys(metadata or {}))


def plain(message: str) -> str:
    """The text as the NLU may see it.

    A leading "/" would be Rasa's short-hand for an intent, which nobody types on purpose; lone
    surrogates cannot be stored; very long texts are cut (the NLU reads far less anyway).
    """
    return _storable(message)[:MAX_CHARACTERS].strip().lstrip("/")


def _client_keys(metadata: dict[str, Any]) -> dict[str, Any]:
    given = {key: metadata.get(key) for key in _CLIENT_KEYS}
    kept: dict[str, Any] = {
        key: _storable(value)[:200] for key, value in given.items() if isinstance(value, str)
    }
    uploads = metadata.get("uploads")
    if isinstance(uploads, list):
        named = [_storable(each)[:200] for each in uploads if isinstance(each, str) and each]
        kept |= {"uploads": named[:MOST_UPLOADS]} if named else {}
    if known_zone(kept.get("time_zone", "")) is None:
        kept.pop("time_zone", None)
    return kept


def _storable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", " ")
