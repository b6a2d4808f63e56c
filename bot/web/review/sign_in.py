"""Signing in as a rater or an admin, and out."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from bot.web import desk
from bot.web.review.desk import Filled


def sign_in_routes() -> APIRouter:
    """The routes for one app."""
    routes = desk.sign_in_routes()

    @routes.post("/sign-out")
    def sign_out(request: Request, form: Filled) -> Response:
        """End the sign-in."""
        return desk.sign_out(request)

    return routes
