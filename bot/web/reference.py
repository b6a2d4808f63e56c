"""`/docs` of the site and of both APIs: their OpenAPI as a page that needs no script.

FastAPI's own pages load their scripts from another site, which the policy of our pages forbids.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, select_autoescape

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates" / "reference"),
    autoescape=select_autoescape(),
    trim_blocks=True,
    lstrip_blocks=True,
)


def router(apps: Mapping[str, FastAPI]) -> APIRouter:
    """A page for each app, by the path at which it is mounted; to be included before the mounts."""
    routes = APIRouter()
    for base, app in apps.items():
        others = [each for each in apps if each != base]
        routes.add_api_route(f"{base}/docs", _page(base, app, others), include_in_schema=False)
    return routes


def _page(base: str, app: FastAPI, others: list[str]) -> Callable[[], HTMLResponse]:
    def page() -> HTMLResponse:
        """What this API offers."""
        described = app.openapi()
        app.openapi_schema = None  # made anew for `/openapi.json`, which knows where it is mounted
        template = _TEMPLATES.get_template("page.html")
        return HTMLResponse(template.render(api=described, base=base, others=others))

    return page
