"""The job server after a restart: nothing is lost, nothing told twice; uploads of every kind."""

from __future__ import annotations

import asyncio
import struct
import zlib
from io import BytesIO
from pathlib import Path

from PIL import Image
from skills_server import Server

from skills.errors import WorkerDied
from skills.serving.jobs import DONE, RUNNING


def test_what_waited_and_what_ran_are_done_after_a_restart(serve, tmp_path: Path) -> None:
    before = Server(tmp_path)  # it never serves: its jobs stay as a crash would leave them
    ran = before.runner.submit("quick", [], {}, "c")
    waited = before.runner.submit("quick", [], {}, "d")
    ended = before.runner.submit("quick", [], {}, "e")
    twice = before.runner.submit("quick", [], {}, "f")
    ran.state, ran.attempts = RUNNING, 1
    twice.state, twice.attempts = RUNNING, 2
    ended.ended(DONE, {"text": "It was done.", "pictures": [], "data": {}})
    for job in (ran, ended, twice):
        before.records.put(job)
    after = Server(tmp_path).start(serve)
    for job in (ran, waited, ended, twice):
        after.ended(job.id)
    until = {ran.id: "It is done.", waited.id: "It is done.", ended.id: "It was done."}
    while len(after.told) < 4:
        after.http.get("/health")
    told = {event.job_id: event for event in after.told}
    assert {job_id: told[job_id].text for job_id in until} == until
    assert (told[twice.id].state, told[twice.id].error) == ("failed", WorkerDied.slug)
    for job_id in told:
        after.runner.settled(job_id)
    assert after.records.left() == []


def test_pictures_outlive_the_server(serve, tmp_path: Path) -> None:
    done = Server(tmp_path).start(serve).finish("quick")
    after = Server(tmp_path).start(serve)
    assert after.http.get(done["result"]["pictures"][1]).headers["content-type"] == "image/gif"


def test_jobs_of_another_version_are_dropped(tmp_path: Path) -> None:
    before = Server(tmp_path)
    job = before.runner.submit("quick", [], {}, "c")
    after = Server(tmp_path)
    del after.runner.cards["quick"]
    asyncio.run(after.runner._resume())
    assert after.records.left() == []
    assert after.told == []
    assert job.state == "queued"


def _bytes(image: Image.Image, kind: str = "PNG", **more: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def _header_only(side: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        length, check = struct.pack(">I", len(body)), struct.pack(">I", zlib.crc32(kind + body))
        return length + kind + body + check

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", b"\0") + chunk(b"IEND", b"")


def _bomb() -> bytes:
    """A valid PNG of 49 megapixels in a few kilobytes."""
    return _bytes(Image.new("1", (7_000, 7_000)), optimize=True)


_SCENE = Image.effect_noise((300, 200), 60).convert("RGB")
_FRAMES = [Image.new("P", (40, 30), colour) for colour in range(3)]
_HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 64
_SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
REFUSED = {
    "a bomb": (_bomb(), "image-too-large"),
    "50 megapixels by its header": (_header_only(7_100), "image-too-large"),
    "absurd dimensions": (_header_only(60_000), "image-too-large"),
    "broken off": (_bytes(_SCENE)[:500], "not-an-image"),
    "a JPEG broken off in its head": (_bytes(_SCENE, "JPEG")[:60], "not-an-image"),
    "words": (b"not a picture at all", "not-an-image"),
    "nothing": (b"", "not-an-image"),
    "SVG": (_SVG, "not-an-image"),
    "HEIC": (_HEIC, "not-an-image"),
}
TAKEN = {
    "animated GIF": _bytes(_FRAMES[0], "GIF", save_all=True, append_images=_FRAMES[1:]),
    "CMYK": _bytes(_SCENE.convert("CMYK"), "JPEG"),
    "16 bit": _bytes(Image.new("I;16", (60, 40), 40_000)),
    "one pixel": _bytes(Image.new("RGB", (1, 1))),
    "a long strip": _bytes(Image.new("RGB", (3_000, 1))),
}


def test_every_kind_of_file_is_taken_or_refused_kindly(serve, tmp_path: Path) -> None:
    running = Server(tmp_path).start(serve)
    running.finish("day_night")
    worker = running.runner.quick.worker.pid
    for what, (content, slug) in REFUSED.items():
        done = running.finish("day_night", upload=running.upload(content))
        assert done["error"] is not None, what
        assert done["error"]["slug"] == slug, what
    for what, content in TAKEN.items():
        done = running.finish("day_night", uploads=[running.upload(content)])
        assert done["state"] == "done", (what, done["error"])
    assert running.runner.quick.worker.pid == worker
