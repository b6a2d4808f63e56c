"""A stand-in of Slack over real HTTP: its Web API with its documented limits, and its own voice.

It refuses what Slack would refuse (an unknown token, a payload beyond the limits: both fail the
test as well), remembers what it was told, and speaks with signed requests in the real shapes.
"""

from __future__ import annotations

import itertools
import json
import re
import threading
import time
from typing import Any
from urllib.parse import parse_qsl, urlencode

import httpx
from slack_limits import check
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.slack.signing import Signatures

SECRET = "the signing secret of the tests"
TEAM, BOT_USER, BOT_ID = "T0001", "U0QUAD", "B0QUAD"
_CHECKED = {
    "chat.postMessage",
    "chat.postEphemeral",
    "chat.update",
    "views.open",
    "views.publish",
    "response_url",
}


class FakeSlack:
    """One Slack with as many workspaces as `tokens` names."""

    def __init__(self) -> None:
        self.tokens = {"xoxb-one": TEAM, "xapp-one": "the app"}
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.faults: list[tuple[str, Response]] = []  # the next answers of a method
        self.wrong: list[str] = []  # what Slack would have refused
        self.files: dict[str, bytes] = {}
        self.codes: dict[str, str] = {}  # OAuth codes → team
        self.address = ""
        self.socket = ""  # where Socket Mode connects
        self._ts = itertools.count(1)
        self._lock = threading.Lock()

    @property
    def app(self) -> Starlette:
        """To be served on real HTTP."""
        return Starlette(
            routes=[
                Route("/api/{method:path}", self._method, methods=["GET", "POST"]),
                Route("/respond/{rest:path}", self._respond, methods=["POST"]),
                Route("/upload/{name}", self._uploaded, methods=["POST"]),
                Route("/files/{name}", self._file),
            ]
        )

    def told(self, method: str) -> list[dict[str, Any]]:
        """All payloads of a method so far."""
        return [payload for name, payload in list(self.calls) if name == method]

    def texts(self) -> list[str]:
        """What users could read, in order: messages, for all or for one."""
        shown = ("chat.postMessage", "chat.postEphemeral", "response_url")
        return [payload["text"] for name, payload in list(self.calls) if name in shown]

    def fail(self, method: str, response: Response) -> None:
        """Answer the next call of a method so."""
        self.faults.append((method, response))

    def limit(self, method: str, seconds: int = 1) -> None:
        """The next call of a method comes too soon."""
        body = {"ok": False, "error": "ratelimited"}
        self.fail(method, JSONResponse(body, 429, headers={"Retry-After": str(seconds)}))

    def next_ts(self) -> str:
        """A new message's moment, which is its name in the channel."""
        return f"{int(time.time())}.{next(self._ts):06d}"

    async def _method(self, request: Request) -> Response:
        method = request.path_params["method"]
        payload = await _payload(request)
        with self._lock:
            for number, (name, response) in enumerate(self.faults):
                if name == method:
                    del self.faults[number]
                    return response
        team = self._team(request, payload)
        if team is None and method != "oauth.v2.access":
            return JSONResponse({"ok": False, "error": "invalid_auth"})
        if method in _CHECKED and (refusal := self._refusal(method, payload)):
            return JSONResponse({"ok": False, "error": refusal})
        self.calls.append((method, payload))
        answer = getattr(self, _handler(method), self._done)
        return JSONResponse({"ok": True, **answer(team, payload)})

    def _refusal(self, method: str, payload: dict[str, Any]) -> str | None:
        try:
            check(method, payload)
        except Exception as error:
            self.wrong.append(f"{method}: {error}")
            return "invalid_blocks"
        return None

    def _team(self, request: Request, payload: dict[str, Any]) -> str | None:
        _, _, token = request.headers.get("Authorization", "").partition(" ")
        return self.tokens.get(token or str(payload.get("token") or ""))

    def _done(self, team: str, payload: dict[str, Any]) -> dict[str, Any]:
        return {}

    def _auth_test(self, team: str, payload: dict[str, Any]) -> dict[str, Any]:
        return {
            "team_id": team,
            "team": f"Workspace {team}",
            "user_id": BOT_USER,
            "bot_id": BOT_ID,
            "url": "https://example.slack.com/",
        }

    def _apps_connections_open(self, team: str, payload: dict[str, Any]) -> dict[str, Any]:
        return {"url": self.socket}

    def _chat_post_message(self, team: str, payload: dict[str, Any]) -> dict[str, Any]:
        return {"ts": self.next_ts(), "channel": payload["channel"]}

    def _chat_post_ephemeral(self, team: str, payload: dict[str, Any]) -> dict[str, Any]:
        return {"message_ts": self.next_ts()}

    def _conversations_open(self, team: str, payload: dict[str, Any]) -> dict[str, Any]:
        return {"channel": {"id": f"D{payload['users'][1:]}"}}

    def _users_info(self, team: str, payload: dict[str, Any]) -> dict[str, Any]:
        return {"user": {"id": payload["user"], "real_name": "Ada", "tz": "Europe/Madrid"}}

    def _oauth_v2_access(self, team: str, payload: dict[str, Any]) -> dict[str, Any]:
        installed = self.codes.pop(str(payload.get("code")), None)
        if installed is None:
            return {"ok": False, "error": "invalid_code"}
        token = f"xoxb-{installed}"
        self.tokens[token] = installed
        return {
            "app_id": "A1",
            "access_token": token,
            "token_type": "bot",
            "scope": "chat:write",
            "bot_user_id": BOT_USER,
            "team": {"id": installed, "name": f"Workspace {installed}"},
            "enterprise": None,
            "is_enterprise_install": False,
            "authed_user": {"id": "U0ADMIN"},
        }

    def _files_get_upload_url_external(self, team: str, payload: dict[str, Any]) -> dict[str, Any]:
        name = f"F{next(self._ts)}"
        return {"upload_url": f"{self.address}/upload/{name}", "file_id": name}

    def _files_complete_upload_external(self, team: str, payload: dict[str, Any]) -> dict[str, Any]:
        files = payload["files"]
        files = json.loads(files) if isinstance(files, str) else files
        return {"files": files}

    async def _uploaded(self, request: Request) -> Response:
        self.files[request.path_params["name"]] = await request.body()
        return Response("OK")

    async def _respond(self, request: Request) -> Response:
        payload = await request.json()
        if self._refusal("response_url", payload):
            return Response("invalid_blocks", 400)
        self.calls.append(("response_url", payload))
        return Response("ok")

    async def _file(self, request: Request) -> Response:
        known = request.headers.get("Authorization", "")[7:] in self.tokens
        content = self.files.get(request.path_params["name"])
        if not known or content is None:
            return Response("<html>sign in</html>", media_type="text/html")
        return Response(content, media_type="application/octet-stream")


def _handler(method: str) -> str:
    """ "chat.postMessage" → "_chat_post_message"."""
    return "_" + re.sub(r"(?<=[a-z])(?=[A-Z])", "_", method.replace(".", "_")).lower()


async def _payload(request: Request) -> dict[str, Any]:
    if request.headers.get("content-type", "").startswith("application/json"):
        found: dict[str, Any] = await request.json()
        return found
    body = (await request.body()).decode()
    return {**dict(request.query_params), **dict(parse_qsl(body))}


def signed(body: bytes, secret: str = SECRET, at: float | None = None) -> dict[str, str]:
    """The headers that Slack sends with a body."""
    sent_at = str(int(time.time() if at is None else at))
    signature = Signatures(secret).sign(sent_at, body)
    return {"X-Slack-Request-Timestamp": sent_at, "X-Slack-Signature": signature}


def as_json(body: dict[str, Any]) -> tuple[bytes, dict[str, str]]:
    """An event as Slack posts it."""
    return json.dumps(body).encode(), {"Content-Type": "application/json"}


def as_form(body: dict[str, Any]) -> tuple[bytes, dict[str, str]]:
    """A command, or an interaction in its `payload` field, as Slack posts it."""
    fields = body if "command" in body else {"payload": json.dumps(body)}
    return urlencode(fields).encode(), {"Content-Type": "application/x-www-form-urlencoded"}


async def post(http: httpx.AsyncClient, door: str, body: dict[str, Any], **more: str) -> Any:
    """One signed request of Slack's."""
    is_event = body.get("type") in ("event_callback", "url_verification")
    content, headers = as_json(body) if is_event else as_form(body)
    headers = {**headers, **signed(content), **more}
    return await http.post(f"{door}/webhook", content=content, headers=headers)
