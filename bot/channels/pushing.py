"""The route by which our own services say something unasked: a skill's progress and its result."""

from __future__ import annotations

import asyncio
from typing import Any

from sanic.request import Request
from sanic.response import HTTPResponse, json
from socketio import AsyncServer

from bot.channels.push import append_bot_message, named
from bot.identity import Gate
from knowledge.errors import NotSignedIn
from knowledge.model.students import Role

_COLLECTS = "rest"  # the door that can be told nothing between two requests
_MOST = 64  # characters of a conversation's id


class PushRoute:
    """`POST /push {conversation, message}` with a service's token; safe to send again by `id`."""

    def __init__(self, gate: Gate, sio: AsyncServer) -> None:
        self._gate = gate
        self._sio = sio
        self.__name__ = "push"  # by which Sanic knows a route

    async def __call__(self, request: Request) -> HTTPResponse:
        """Into the record, to the open tabs, and for REST into the outbox."""
        try:
            principal = self._gate.admit(request.headers.get("Authorization"))
            conversation, message = _read(request)
        except NotSignedIn as error:
            return json({"error": error.problem}, status=401)
        except ValueError:
            return json({"error": "malformed-message"}, status=400)
        if principal.role is not Role.SERVICE:
            return json({"error": "not-permitted"}, status=403)
        if _passes(message):
            await self._sio.emit("bot_uttered", message, room=conversation)
            step_in_slack = getattr(request.app.ctx, "step_in_slack", None)
            if step_in_slack is not None:
                await step_in_slack(conversation, message)
            return json({"ok": True})
        message = named(message)
        door = await append_bot_message(request.app.ctx.agent, conversation, message)
        if door is not None:
            await self._sio.emit("bot_uttered", message, room=conversation)
        if door == _COLLECTS:
            await asyncio.to_thread(request.app.ctx.outbox.put, conversation, message)
        # The Slack door, where it is open, knows which conversations are its own.
        into_slack = getattr(request.app.ctx, "into_slack", None)
        if door is not None and into_slack is not None:
            await into_slack(conversation, message)
        return json({"ok": True, "id": message["id"]})


def _read(request: Request) -> tuple[str, dict[str, Any]]:
    try:
        body = request.json
    except Exception as error:  # Sanic's own
        raise ValueError("no JSON") from error
    if not isinstance(body, dict):
        raise ValueError("no object")
    conversation, message = body.get("conversation"), body.get("message")
    if not isinstance(conversation, str) or not 0 < len(conversation) <= _MOST:
        raise ValueError("conversation")
    if not isinstance(message, dict):
        raise ValueError("message")
    return conversation, message


def _passes(message: dict[str, Any]) -> bool:
    """How far a skill has come is shown while it runs, and then forgotten."""
    progress = message.get("progress")
    return isinstance(progress, int | float) and progress < 1
