"""The front: which policies stand around the page and the frame, and what a widget weighs."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.web import front
from knowledge.settings import Settings

DIST = Path(__file__).parents[4] / "bot" / "web" / "dist"
LIMIT = 200_000  # bytes, gzipped, of all that a page with an open widget loads


def _client(tmp_path: Path, **env: str) -> TestClient:
    app = FastAPI()
    app.include_router(front.router(Settings.from_env({"QUAD_VAR": str(tmp_path), **env})))
    return TestClient(app, base_url="http://localhost:8000", follow_redirects=False)


def _policy(client: TestClient, path: str) -> dict[str, list[str]]:
    header = client.get(path).headers["content-security-policy"]
    parts = (directive.split() for directive in header.split("; "))
    return {name: sources for name, *sources in parts}


def test_nobody_may_frame_the_page(tmp_path: Path) -> None:
    client = _client(tmp_path, QUAD_ORIGINS="https://history.test")
    assert _policy(client, "/")["frame-ancestors"] == ["'none'"]
    assert client.get("/").headers["x-frame-options"] == "DENY"


def test_the_listed_pages_may_frame_the_widget(tmp_path: Path) -> None:
    client = _client(tmp_path, QUAD_ORIGINS="https://history.test http://math.test:8080")
    expected = ["'self'", "https://history.test", "http://math.test:8080"]
    assert _policy(client, "/widget")["frame-ancestors"] == expected
    assert "x-frame-options" not in client.get("/widget").headers
    assert _policy(_client(tmp_path), "/widget")["frame-ancestors"] == ["'self'"]


@pytest.mark.parametrize("path", ["/", "/widget"])
def test_scripts_and_styles_come_from_here_alone(tmp_path: Path, path: str) -> None:
    client = _client(tmp_path, QUAD_BOT_URL="https://bot.test", QUAD_SKILLS_URL="https://lab.test")
    policy = _policy(client, path)
    assert policy["default-src"] == policy["object-src"] == policy["base-uri"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == ["'self'"]
    assert policy["connect-src"] == [
        "'self'",
        "https://bot.test",
        "wss://bot.test",
        "https://lab.test",
    ]
    assert policy["img-src"] == ["'self'", "data:", "http://localhost:8000", "https://lab.test"]
    assert "unsafe" not in client.get(path).headers["content-security-policy"]
    assert client.get(path).headers["x-content-type-options"] == "nosniff"


def test_pictures_of_a_foreign_axess_are_shown(tmp_path: Path) -> None:
    client = _client(tmp_path, QUAD_AXESS_URL="https://axess.test/api")
    assert _policy(client, "/")["img-src"][-1] == "https://axess.test"


def test_this_machine_has_one_name(tmp_path: Path) -> None:
    client = _client(tmp_path)
    moved = client.get("/?locale=es", headers={"host": "127.0.0.1:8000"})
    assert moved.status_code == 307
    assert moved.headers["location"] == "http://localhost:8000/?locale=es"
    for host in ("localhost:8000", "127.0.0.1:9000", "quad.test"):
        assert client.get("/", headers={"host": host}).status_code == 200


def test_the_loader_may_stand_anywhere(tmp_path: Path) -> None:
    loader = _client(tmp_path).get("/widget.js")
    assert loader.headers["content-type"].startswith("text/javascript")
    assert loader.headers["cross-origin-resource-policy"] == "cross-origin"


def test_a_widget_weighs_little() -> None:
    parts = {
        name: len(gzip.compress((DIST / name).read_bytes(), 9))
        for name in ("widget.js", "chat.js", "chat.css", "quad.svg")
    }
    parts["chat.html"] = len(gzip.compress((DIST.parent / "chat.html").read_bytes(), 9))
    assert parts["widget.js"] <= 4_000  # a page that nobody opens it on loads this alone
    assert sum(parts.values()) <= LIMIT, parts
