"""Photos lie on the disk only while they are encoded, and jobs are forgotten however they end."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.checkin.encoder import Encoder
from bot.checkin.errors import EncoderAway, EncoderBusy, PhotoRefused

_PHOTOS = (b"one", b"two")


class JobServer:
    """Answers as told, and remembers what it was asked and what it saw on the disk."""

    def __init__(self, uploads: Path, job: dict[str, Any], refusal: int = 0) -> None:
        self.uploads, self.job, self.refusal = uploads, job, refusal
        self.asked: list[str] = []
        self.seen: list[tuple[bytes, int]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(f"{request.method} {request.url.raw_path.decode()}")
        if request.method == "POST":
            self.seen = [(p.read_bytes(), p.stat().st_mode & 0o777) for p in self.uploads.iterdir()]
            return httpx.Response(self.refusal or 202, json={"id": "7"})
        if request.method == "GET" and self.job.get("state") == "away":
            raise httpx.ReadTimeout("late")
        return httpx.Response(200, json=self.job)

    def encode(self) -> list[list[float]]:
        async def ask() -> list[list[float]]:
            async with httpx.AsyncClient(transport=httpx.MockTransport(self)) as http:
                encoder = Encoder(http, "http://jobs", self.uploads, lambda: "token")
                return await encoder.encodings(_PHOTOS)

        return asyncio.run(ask())


@pytest.fixture
def uploads(tmp_path: Path) -> Path:
    return tmp_path / "uploads"


def _forgotten(server: JobServer) -> bool:
    return "DELETE /jobs/7?forget=true" in server.asked


def test_photos_are_for_nobody_else_and_gone_afterwards(uploads: Path) -> None:
    result = {"data": {"encodings": [[1.0], [2.0]]}}
    server = JobServer(uploads, {"state": "done", "result": result})
    assert server.encode() == [[1.0], [2.0]]
    assert sorted(server.seen) == [(b"one", 0o600), (b"two", 0o600)]
    assert [*uploads.iterdir()] == []
    assert _forgotten(server)


@pytest.mark.parametrize("slug", ["no-face-found", "not-an-image", "image-too-large"])
def test_a_photo_s_own_fault_is_told(uploads: Path, slug: str) -> None:
    server = JobServer(uploads, {"state": "failed", "error": {"slug": slug}})
    with pytest.raises(PhotoRefused) as refused:
        server.encode()
    assert refused.value.slug == slug
    assert [*uploads.iterdir()] == []
    assert _forgotten(server)


@pytest.mark.parametrize(
    "job",
    [
        {"state": "failed", "error": {"slug": "worker-died"}},
        {"state": "failed", "error": {"slug": "job-timed-out"}},
        {"state": "running"},
        {"state": "away"},
    ],
)
def test_what_is_not_the_photo_s_fault_leaves_nothing_either(
    uploads: Path, job: dict[str, Any]
) -> None:
    server = JobServer(uploads, job)
    with pytest.raises(EncoderAway):
        server.encode()
    assert [*uploads.iterdir()] == []
    assert _forgotten(server)


@pytest.mark.parametrize(("status", "error"), [(429, EncoderBusy), (503, EncoderAway)])
def test_a_server_that_takes_no_job_keeps_no_photo(
    uploads: Path, status: int, error: type[Exception]
) -> None:
    server = JobServer(uploads, {}, refusal=status)
    with pytest.raises(error):
        server.encode()
    assert [*uploads.iterdir()] == []
