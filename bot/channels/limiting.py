"""Limits at the doors of the bot: what is over them is refused kindly, before the NLU reads it."""

from __future__ import annotations

from typing import Any

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from actions.texts import Texts
from bot.identity import Gate
from bot.identity.addresses import Address
from bot.identity.limits import Limits, TooManyRequests
from knowledge.errors import NotSignedIn
from knowledge.model.students import Principal
from knowledge.settings import LimitSettings

_REST = "/webhooks/rest"
_COUNTED = (_REST, "/model/parse")
_TEXT = "utter_too_many_messages"


class DoorLimits:
    """The limits of this process and the words for what is over them; in `app.ctx.limits`."""

    def __init__(self, settings: LimitSettings, texts: Texts) -> None:
        self._limits = Limits(settings)
        self._texts = texts

    def address(self, request: Request) -> Address:
        """Where a request comes from: also the one that opened a socket."""
        return self._limits.locate(request.ip, request.headers.get("X-Forwarded-For"))

    def request(self, address: Address) -> None:
        """One request; raise TooManyRequests."""
        self._limits.request(address)

    def message(self, principal: Principal, address: Address) -> None:
        """One message; raise TooManyRequests."""
        self._limits.message(principal, address)

    def wait(self, principal: Principal, address: Address) -> int:
        """One message through a socket: 0, or the seconds after which it may be sent again."""
        try:
            self._limits.message(principal, address)
        except TooManyRequests as error:
            return error.retry_after
        return 0

    def told(self, error: TooManyRequests) -> dict[str, Any]:
        """A refusal as the doors' JSON."""
        text = self._texts.render(_TEXT, 0, seconds=error.retry_after)
        return {"error": error.problem, "retry_after": error.retry_after, "text": text}


def install(app: Sanic, settings: LimitSettings, gate: Gate, texts: Texts) -> None:
    """Count what comes over HTTP; the socket's door counts its messages by `app.ctx.limits`."""
    doors = app.ctx.limits = DoorLimits(settings, texts)

    @app.middleware("request")
    async def count(request: Request) -> HTTPResponse | None:
        if request.method != "POST" or not request.path.startswith(_COUNTED):
            return None
        address = doors.address(request)
        try:
            doors.request(address)
            if request.path.startswith(_REST):
                doors.message(gate.admit(request.headers.get("Authorization")), address)
        except NotSignedIn:
            return None  # the door refuses it
        except TooManyRequests as error:
            headers = {"Retry-After": str(error.retry_after)}
            return json(doors.told(error), status=error.status, headers=headers)
        return None
