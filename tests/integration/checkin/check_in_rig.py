"""What the tests of the check-in share: an encoder that knows faces by what is written in the
photo, and a student's browser.

Not in conftest.py: the job server's worker, a process of its own, imports the encoder by name.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx

from bot.identity import Gate
from knowledge.model.students import Principal, Role
from skills import registry
from skills.errors import NoFaceFound
from skills.protocol import Progress, Skill, SkillResult

SECRET = "a secret for the tests alone, longer than thirty-two bytes"


class Written:
    """Encodes "face 20": a direction at 20 degrees."""

    card = registry.CARDS["face_encoding"]

    def run(
        self, sources: Sequence[bytes], options: Mapping[str, Any], progress: Progress
    ) -> SkillResult:
        encodings = []
        for number, source in enumerate(sources, 1):
            if not source.startswith(b"face "):
                raise NoFaceFound(number)
            angle = math.radians(float(source[5:]))
            encodings.append([math.cos(angle), math.sin(angle), *[0.0] * 126])
        return SkillResult("encoded", (), {"encodings": encodings})

    def train(self, data: Path, seed: int) -> dict[str, Any]:
        return {"n": 0}

    def evaluate(self, data: Path) -> dict[str, Any]:
        return {"n": 0}


def find(name: str) -> Skill:
    return Written() if name == "face_encoding" else registry.get(name)


class Page:
    """A student's browser on the page."""

    def __init__(self, site: str, suid: str, role: Role = Role.STUDENT) -> None:
        self.http = httpx.Client(base_url=site, timeout=120)
        self.http.cookies.set("quad", Gate(SECRET).issue(Principal(suid, role)))

    def show(self) -> str:
        answer = self.http.get("/check-in")
        assert answer.status_code == 200
        return answer.text

    def fields(self, step: str) -> dict[str, str]:
        form = re.search(rf'action="/check-in/{step}".*?</form>', self.show(), re.DOTALL)
        assert form is not None, step
        return dict(re.findall(r'type="hidden" name="(\w+)" value="(\w+)"', form.group()))

    def send(
        self, step: str, *photos: bytes, fields: dict[str, str] | None = None, **more: str
    ) -> httpx.Response:
        data = {**(fields or self.fields(step)), **more}
        files = [("photo", ("p.png", photo, "image/png")) for photo in photos]
        return self.http.post(f"/check-in/{step}", data=data, files=files or [("x", ("", b""))])

    def enrol(self, *photos: bytes) -> httpx.Response:
        return self.send("enrol", *(photos or (b"face 0", b"face 5", b"face 10")), consent="yes")
