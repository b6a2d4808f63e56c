"""A limit to what may be sent to pages with forms, before it is read into memory."""

from __future__ import annotations

from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_FORM_BYTES = 512 * 1024
UPLOADS = "/admin/imports/upload"  # has a limit of its own while it is written to disk


class BodyLimit:
    """Refuses forms that are larger than any page's, before they are read into memory."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count what comes in; uploads count for themselves."""
        if scope["type"] != "http" or scope["path"] == UPLOADS:
            await self.app(scope, receive, send)
            return
        try:
            body = await _whole(receive)
        except ClientDisconnect:
            return  # half a form is no form
        if body is None:
            refusal = PlainTextResponse("This form is too large.", status_code=413)
            await refusal(scope, receive, send)
            return
        pieces = [{"type": "http.request", "body": body, "more_body": False}]

        async def replay() -> Message:
            return pieces.pop() if pieces else await receive()

        await self.app(scope, replay, send)


async def _whole(receive: Receive) -> bytes | None:
    """The body of a request; None when it is larger than any form; raise ClientDisconnect."""
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > _FORM_BYTES:
            return None
    return body
