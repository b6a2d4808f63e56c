"""Signing in as an admin, and out."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import Response

from bot.web import desk
from bot.web.admin.desk import Filled

routes = desk.sign_in_routes()


@routes.post("/sign-out")
def sign_out(request: Request, form: Filled) -> Response:
    """End the sign-in."""
    return desk.sign_out(request)
