"""What stands around every admin page: security headers, and a limit to what may be sent."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_FORM_BYTES = 512 * 1024
UPLOADS = "/admin/imports/upload"  # has a limit of its own while it is written to disk
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class SecurityHeaders:
    """Adds the headers to every response of the app below."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and mark the response."""

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await self.app(scope, receive, marked)


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
