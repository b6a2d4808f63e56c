"""Requests in the shapes of Slack's documentation (docs.slack.dev), with the fields they have."""

from __future__ import annotations

import itertools
import time
from typing import Any

from fake_slack import BOT_USER, TEAM

_numbers = itertools.count(1)


def ts() -> str:
    return f"{int(time.time())}.{next(_numbers):06d}"


def event(inner: dict[str, Any], team: str = TEAM) -> dict[str, Any]:
    return {
        "token": "legacy",
        "team_id": team,
        "context_team_id": team,
        "api_app_id": "A1",
        "event": inner,
        "type": "event_callback",
        "event_id": f"Ev{next(_numbers):08d}",
        "event_time": int(time.time()),
        "authorizations": [
            {"enterprise_id": None, "team_id": team, "user_id": BOT_USER, "is_bot": True}
        ],
        "is_ext_shared_channel": False,
    }


def direct(text: str, user: str = "U1", team: str = TEAM, **more: Any) -> dict[str, Any]:
    inner = {
        "type": "message",
        "channel": f"D{user[1:]}",
        "user": user,
        "text": text,
        "ts": ts(),
        "channel_type": "im",
        "team": team,
        "client_msg_id": f"c{next(_numbers)}",
    }
    return event({**inner, **more}, team)


def mentioned(
    text: str, user: str = "U1", channel: str = "C1", **more: Any
) -> tuple[dict[str, Any], dict[str, Any]]:
    """A mention as Slack tells it: as `app_mention` and as `message`, with one ts."""
    inner = {"channel": channel, "user": user, "text": f"<@{BOT_USER}> {text}", "ts": ts(), **more}
    return (
        event({"type": "app_mention", **inner}),
        event({"type": "message", "channel_type": "channel", **inner}),
    )


def in_channel(text: str, user: str = "U1", channel: str = "C1", **more: Any) -> dict[str, Any]:
    inner = {"type": "message", "channel_type": "channel", "channel": channel, "user": user}
    return event({**inner, "text": text, "ts": ts(), **more})


def command(text: str, address: str, user: str = "U1", channel: str = "C1") -> dict[str, Any]:
    return {
        "token": "legacy",
        "team_id": TEAM,
        "team_domain": "example",
        "channel_id": channel,
        "channel_name": "directmessage" if channel.startswith("D") else "general",
        "user_id": user,
        "user_name": "ada",
        "command": "/quad",
        "text": text,
        "api_app_id": "A1",
        "response_url": f"{address}/respond/commands/{next(_numbers)}",
        "trigger_id": f"{next(_numbers)}.1.abc",
    }


def click(
    action: dict[str, Any],
    message: dict[str, Any] | None,
    address: str,
    user: str = "U1",
    channel: str = "D1",
    ephemeral: bool = False,
) -> dict[str, Any]:
    """A click on a message, or (without one) on the Home tab."""
    body: dict[str, Any] = {
        "type": "block_actions",
        "user": {"id": user, "username": "ada", "team_id": TEAM},
        "api_app_id": "A1",
        "team": {"id": TEAM, "domain": "example"},
        "trigger_id": f"{next(_numbers)}.1.abc",
        "actions": [{**action, "action_ts": ts()}],
    }
    if message is None:
        view = {"type": "home", "id": "V1", "callback_id": "home", "state": {"values": {}}}
        return {**body, "container": {"type": "view", "view_id": "V1"}, "view": view}
    container = {"type": "message", "message_ts": message["ts"], "channel_id": channel}
    shown = {} if ephemeral else {"message": message}
    return {
        **body,
        **shown,
        "container": {**container, "is_ephemeral": ephemeral},
        "channel": {"id": channel, "name": "x"},
        "response_url": f"{address}/respond/actions/{next(_numbers)}",
    }


def submitted(view: dict[str, Any], values: dict[str, Any], user: str = "U1") -> dict[str, Any]:
    """A form that was sent."""
    return {
        "type": "view_submission",
        "team": {"id": TEAM, "domain": "example"},
        "user": {"id": user, "username": "ada", "team_id": TEAM},
        "api_app_id": "A1",
        "trigger_id": f"{next(_numbers)}.1.abc",
        "view": {**view, "id": f"V{next(_numbers)}", "state": {"values": values}},
        "response_urls": [],
    }


def shortcut(kind: str = "shortcut", text: str = "") -> dict[str, Any]:
    body = {
        "type": kind,
        "callback_id": "enroll",
        "trigger_id": f"{next(_numbers)}.1.abc",
        "action_ts": ts(),
        "team": {"id": TEAM, "domain": "example"},
        "user": {"id": "U1", "username": "ada", "team_id": TEAM},
    }
    if kind == "message_action":
        body |= {
            "channel": {"id": "C1", "name": "general"},
            "message": {"type": "message", "user": "U2", "text": text, "ts": ts()},
            "message_ts": ts(),
        }
    return body
