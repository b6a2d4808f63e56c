"""One parsed message as the dialogue sees it: who said what, with which intent and mentions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bot.dialogue import cues


@dataclass(frozen=True)
class Mention:
    """One tagged span: its slot, the raw text, the role in a swap, where it begins, and how sure
    the tagger is of it.
    """

    slot: str
    text: str
    start: int
    role: str | None = None
    confidence: float = 1.0


def uploads_of(client: Mapping[str, Any]) -> tuple[str, ...]:
    """The files that a door's client named: several as `uploads`, one as `upload`."""
    named = [*(client.get("uploads") or ()), client.get("upload")]
    return tuple(dict.fromkeys(each for each in named if isinstance(each, str) and each))


@dataclass(frozen=True)
class Turn:
    """One message. `suid` is the verified speaker's number, None for a visitor; `unsure`: no
    intent is likely enough to act on; `ranking`: all of them, the likeliest first; `uploads`: the
    ids of the files that came with it.
    """

    text: str
    intent: str
    confidence: float
    mentions: tuple[Mention, ...]
    message_id: str
    suid: str | None = None
    unsure: bool = False
    ranking: tuple[str, ...] = ()
    uploads: tuple[str, ...] = ()

    @classmethod
    def from_parse(
        cls, parse: Mapping[str, Any], message_id: str, principal: Mapping[str, str]
    ) -> Turn:
        """Read Rasa's `latest_message`."""
        entities = sorted(parse.get("entities") or (), key=lambda entity: entity["start"])
        mentions = tuple(
            Mention(
                e["entity"], str(e["value"]), e["start"], e.get("role"), e.get("confidence", 1.0)
            )
            for e in entities
        )
        intent = parse.get("intent") or {}
        student = principal.get("role") == "student"
        return cls(
            text=parse.get("text") or "",
            intent=intent.get("name") or "other",
            confidence=float(intent.get("confidence") or 0.0),
            mentions=mentions,
            message_id=message_id,
            suid=principal.get("subject") if student else None,
            unsure=bool(parse.get("unsure")),
            ranking=tuple(each["name"] for each in parse.get("intent_ranking") or ()),
            uploads=uploads_of((parse.get("metadata") or {}).get("client") or {}),
        )

    def to_json(self) -> dict[str, Any]:
        """Plain values for the dialogue state; who speaks is verified anew in each turn."""
        plain = {name: value for name, value in asdict(self).items() if name != "suid"}
        return {n: list(value) if isinstance(value, tuple) else value for n, value in plain.items()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Turn:
        """What `to_json` kept."""
        mentions = tuple(Mention(**mention) for mention in data["mentions"])
        plain = {name: tuple(data.get(name, ())) for name in ("ranking", "uploads")}
        return cls(**{**data, "mentions": mentions, **plain})

    def of(self, slot: str, role: str | None = None) -> tuple[Mention, ...]:
        """The mentions of one slot in the order of the text; with a role only those carrying it."""
        return tuple(
            mention
            for mention in self.mentions
            if mention.slot == slot and (role is None or mention.role == role)
        )

    def has(self, *slots: str) -> bool:
        """Whether any of these slots is mentioned."""
        return any(mention.slot in slots for mention in self.mentions)

    @property
    def remainder(self) -> str:
        """The text without its tagged spans: what is left decides whether it is a bare answer."""
        text = self.text
        for mention in reversed(self.mentions):
            text = text[: mention.start] + " " + text[mention.start + len(mention.text) :]
        return text

    @property
    def is_bare(self) -> bool:
        """Whether little besides tagged spans and filler was said: "winter 2019 please"."""
        return bool(self.mentions) and not cues.content_words(self.remainder)
