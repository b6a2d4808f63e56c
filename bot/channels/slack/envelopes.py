"""What a request is, read from its outside: whether it concerns us, its key, lane and moment.

Slack sends some things twice (its retries) and tells some in two events (a mention is an
`app_mention` and a `message`): one key, one act. Source of the shapes: docs.slack.dev.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.channels.slack import places
from bot.channels.slack.blocks import OPEN_FORM, PAGE

_LONGEST_KEY = 160
_SPOKEN = (None, "file_share", "thread_broadcast")  # subtypes that are a person's own words
_ON_THE_TEAM = ("app_uninstalled", "tokens_revoked")


@dataclass(frozen=True)
class Envelope:
    """`key` tells resends, `lane` what is handled one after the other, `said_at` (seconds) when."""

    key: str
    lane: str
    said_at: float | None = None


def of(body: Mapping[str, Any]) -> Envelope | None:
    """The envelope of a request's body; None when there is nothing for us to do."""
    try:
        found = _of(body)
    except (LookupError, TypeError, ValueError, AttributeError):
        return None  # not a shape that Slack sends
    if found is None or len(found.key) <= _LONGEST_KEY:
        return found
    return Envelope(hashlib.sha256(found.key.encode()).hexdigest(), found.lane, found.said_at)


def _of(body: Mapping[str, Any]) -> Envelope | None:
    team = places.team_of(body)
    if "command" in body:
        return Envelope(f"command:{team}:{body['trigger_id']}", places.of_command(body).lane)
    kind = body.get("type")
    if kind == "event_callback":
        return _of_event(team, body)
    if kind == "block_actions":
        return None if asks_nothing(body) else _of_click(team, body)
    if kind == "view_submission":
        return Envelope(f"view:{team}:{body['view']['id']}", _own(team, body["user"]["id"]))
    if kind in ("shortcut", "message_action"):
        return Envelope(f"shortcut:{team}:{body['trigger_id']}", f"modal:{body['trigger_id']}")
    return None


def _of_event(team: str, body: Mapping[str, Any]) -> Envelope | None:
    event = body["event"]
    kind = event["type"]
    if kind in ("message", "app_mention"):
        if not is_spoken(event):
            return None
        place = places.of_message(team, event)
        said_at = float(event["ts"])
        return Envelope(f"message:{team}:{event['channel']}:{event['ts']}", place.lane, said_at)
    if kind == "app_home_opened" and event.get("tab") == "home":
        return Envelope(f"event:{team}:{body['event_id']}", f"home:{team}:{event['user']}")
    if kind in _ON_THE_TEAM:
        return Envelope(f"event:{team}:{body['event_id']}", f"team:{team}")
    return None


def is_spoken(event: Mapping[str, Any]) -> bool:
    """Whether a message is a person's words, not an edit, a deletion or a machine's."""
    machine = event.get("bot_id") or event.get("bot_profile") or event.get("hidden")
    return event.get("subtype") in _SPOKEN and not machine and bool(event.get("user"))


def _of_click(team: str, body: Mapping[str, Any]) -> Envelope:
    """Of all clicks on one choice the first counts; what stands on the Home tab stays there."""
    place, action = places.of_click(body), body["actions"][0]
    message = (body.get("container") or {}).get("message_ts")
    if opens_form(body):
        return Envelope(f"open:{team}:{body['trigger_id']}", f"modal:{body['trigger_id']}")
    if message:
        choice = action.get("block_id") if _several(body) else ""
        key = f"{place.channel}:{message}:{choice}:{place.user}"
    else:
        key = f"{place.user}:{action['action_ts']}:{action['action_id']}"
    said_at = float(action["action_ts"]) if action.get("action_ts") else None
    return Envelope(f"click:{team}:{key}", place.lane, said_at)


def asks_nothing(body: Mapping[str, Any]) -> bool:
    """Whether a click only followed a link."""
    return all(action.get("action_id") == PAGE for action in body["actions"])


def _several(body: Mapping[str, Any]) -> bool:
    """Whether the message offers more than one choice: several cards, divided by lines.

    Of an ephemeral message Slack does not send the blocks: it may.
    """
    shown = (body.get("message") or {}).get("blocks")
    return shown is None or any(block.get("type") == "divider" for block in shown)


def opens_form(body: Mapping[str, Any]) -> bool:
    """Whether a click asks for the form, which Slack lets open for three seconds only."""
    return bool(body.get("actions")) and body["actions"][0].get("action_id") == OPEN_FORM


def _own(team: str, user: str) -> str:
    return places.Place(team, "", user).lane
