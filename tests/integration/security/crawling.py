"""Finds every route of an app by itself, so that new pages are looked at without being named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi.routing import APIRoute
from starlette.routing import Mount, Route

# What stands for a path's parameter so that the page exists; anything else is a 1.
SAMPLES = {
    "suid": "05990001",
    "code": "CS106A",
    "course_id": "{course_id}",
    "class_id": "{class_id}",
    "term_id": "{term_id}",
    "path": "chat.css",
}


@dataclass(frozen=True)
class Found:
    """One route with one method; `parameters` are the names of its query."""

    method: str
    path: str
    parameters: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()

    @property
    def area(self) -> str:
        """The first part of the path."""
        return self.path.split("/")[1]

    def at(self, samples: Mapping[str, str]) -> str:
        """The path with samples in the place of its parameters."""
        return re.sub(r"{(\w+)(?::\w+)?}", lambda m: samples.get(m[1], "1"), self.path)


def routes(app: Any, prefix: str = "") -> Iterator[Found]:
    """All routes of an app and of what is mounted in it."""
    for route in _flat(app.routes):
        if isinstance(route, Mount):
            if route.routes:
                yield from routes(route, prefix + route.path)
            else:  # a folder of files
                yield Found("GET", f"{prefix}{route.path}/{{path}}")
        elif isinstance(route, Route):
            for method in sorted((route.methods or set()) - {"HEAD", "OPTIONS"}):
                yield Found(method, prefix + route.path, *_inputs(route))


def _flat(found: Any) -> Iterator[Any]:
    """FastAPI keeps an included router whole."""
    for route in found:
        inner = getattr(route, "original_router", None)
        if inner is None:
            yield route
        else:
            yield from _flat(inner.routes)


def _inputs(route: Route) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if not isinstance(route, APIRoute):
        return (), ()
    query: list[str] = []
    body: list[str] = []
    waiting = [route.dependant]
    while waiting:
        dependant = waiting.pop()
        query += [each.alias for each in dependant.query_params]
        body += [each.alias for each in dependant.body_params]
        waiting += dependant.dependencies
    return tuple(dict.fromkeys(query)), tuple(dict.fromkeys(body))
