"""The Slack door while nobody has set it up: every route says so."""

from __future__ import annotations

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json


def not_set_up() -> HTTPResponse:
    """404, with the reason."""
    return json({"error": "not set up"}, status=404)


def stay_shut(door: Blueprint) -> None:
    """Add the same routes as the open door's."""

    @door.get("/health")
    async def health(request: Request) -> HTTPResponse:
        return json({"status": "not set up"}, 404)

    async def refuse(request: Request) -> HTTPResponse:
        return not_set_up()

    for method, path in (
        ("POST", "/webhook"),
        ("GET", "/install"),
        ("GET", "/oauth_redirect"),
        ("POST", "/linked"),
    ):
        door.add_route(refuse, path, methods=[method], name=path.strip("/"))
