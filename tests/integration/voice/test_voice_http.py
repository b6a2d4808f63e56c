"""Voice over real HTTP: our own voice is heard, and what cannot be heard is refused kindly."""

from __future__ import annotations

import asyncio
import io
import wave
from collections.abc import Iterator
from pathlib import Path

import httpx
import numpy as np
import pytest
from fastapi import FastAPI

from bot.identity import Gate
from bot.voice.pool import Worker
from bot.voice.recording import to_wav
from bot.web import voice
from knowledge.mocks import problems
from knowledge.settings import Settings

SECRET = "a secret for the tests alone, longer than thirty-two bytes"


@pytest.fixture(scope="module")
def configured(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    var = tmp_path_factory.mktemp("var")
    return Settings.from_env({"QUAD_VAR": str(var), "QUAD_SECRET": SECRET})


def app_of(settings: Settings, worker: Worker) -> FastAPI:
    app = FastAPI()
    problems.install(app)
    app.include_router(voice.router(settings, Gate(SECRET), worker))
    return app


@pytest.fixture(scope="module")
def worker(configured: Settings) -> Iterator[Worker]:
    made = voice.listener(configured)
    yield made
    made.close()


@pytest.fixture
def http(configured: Settings, worker: Worker, serve) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {Gate(SECRET).visitor()}"}
    url = serve(app_of(configured, worker))
    with httpx.Client(base_url=url, headers=headers, timeout=120) as client:
        yield client


def _slug(response: httpx.Response) -> str:
    return str(response.json()["type"]).rsplit("/", 1)[-1]


def test_what_is_said_is_heard(http: httpx.Client) -> None:
    said = http.post("/voice/say", json={"text": "**please enroll me** in MATH51 🎉"})
    assert said.status_code == 200
    assert said.headers["content-type"] == "audio/wav"
    with wave.open(io.BytesIO(said.content)) as file:
        assert file.getnframes() / file.getframerate() > 1
    heard = http.post("/voice/hear", content=said.content, headers={"Content-Type": "audio/wav"})
    assert heard.status_code == 200
    body = heard.json()
    assert "MATH51" in body["text"]
    assert 0 <= body["confidence"] <= 1
    assert body["engine"] == "pocketsphinx"


def test_it_says_what_engines_there_are(http: httpx.Client) -> None:
    assert http.get("/voice").json() == {"hear": "pocketsphinx", "say": "espeak-ng"}


def test_spanish_is_read_by_another_voice(http: httpx.Client) -> None:
    english, spanish = (
        http.post("/voice/say", json={"text": "buenas tardes", "locale": locale}).content
        for locale in ("en-US", "es")
    )
    assert english != spanish


@pytest.mark.parametrize(
    ("body", "status", "slug"),
    [
        (b"", 415, "not-audio"),
        (b"\x1aE\xdf\xa3 this is webm", 415, "not-audio"),
        (to_wav(np.zeros(16_000, np.int16)), 422, "nothing-heard"),
        (to_wav(np.zeros(31 * 16_000, np.int16)), 413, "recording-too-long"),
        (b"R" * 2_000_001, 413, "recording-too-large"),
    ],
)
def test_what_cannot_be_heard(http: httpx.Client, body: bytes, status: int, slug: str) -> None:
    response = http.post("/voice/hear", content=body)
    assert (response.status_code, _slug(response)) == (status, slug)
    assert response.json()["detail"]


@pytest.mark.parametrize("text", ["", "x" * 1_001])
def test_texts_have_bounds(http: httpx.Client, text: str) -> None:
    assert http.post("/voice/say", json={"text": text}).status_code == 422


def test_nothing_to_say(http: httpx.Client) -> None:
    assert _slug(http.post("/voice/say", json={"text": "🎉 ***"})) == "nothing-to-say"


def test_the_browser_s_words_are_written(http: httpx.Client) -> None:
    response = http.post("/voice/written", json={"text": "drop see ess one oh six a"})
    assert response.json() == {"text": "drop CS106A"}


@pytest.mark.parametrize("path", ["/voice/hear", "/voice/say", "/voice/written"])
def test_strangers_are_not_served(http: httpx.Client, path: str) -> None:
    body = {"text": "hello"}
    assert httpx.post(f"{http.base_url}{path}", json=body).status_code == 401
    forged = {"Authorization": "Bearer forged"}
    assert httpx.post(f"{http.base_url}{path}", json=body, headers=forged).status_code == 401


def test_models_that_do_not_open_are_told(tmp_path: Path, serve) -> None:
    """With QUAD_VOICE_MODEL but no piper, and a model folder without faster-whisper."""
    env = {"QUAD_VAR": str(tmp_path), "QUAD_SECRET": SECRET}
    env |= {"QUAD_VOICE_MODEL": str(tmp_path), "QUAD_SPEECH_MODEL": str(tmp_path)}
    settings = Settings.from_env(env)
    worker = voice.listener(settings)
    url = serve(app_of(settings, worker))
    headers = {"Authorization": f"Bearer {Gate(SECRET).visitor()}"}
    headers |= {"Content-Type": "application/json"}
    assert httpx.get(f"{url}/voice").json() == {"hear": None, "say": None}
    for path, body in (("say", b'{"text": "hi"}'), ("hear", b"RIFF")):
        response = httpx.post(f"{url}/voice/{path}", content=body, headers=headers)
        assert (response.status_code, _slug(response)) == (503, "voice-missing")
    worker.close()


async def test_a_crowd_is_told_when_to_return(configured: Settings, serve) -> None:
    """While one is served and others wait, the next gets 429, and the site still answers."""
    worker = Worker(voice.served, (configured.voice, configured.var / "voice"), waiting=1)
    url = serve(app_of(configured, worker))
    headers = {"Authorization": f"Bearer {Gate(SECRET).visitor()}"}
    async with httpx.AsyncClient(base_url=url, headers=headers, timeout=120) as client:
        asked = [client.post("/voice/say", json={"text": "hello " * 100}) for _ in range(5)]
        crowd = asyncio.gather(*asked)
        await asyncio.sleep(0.2)
        assert (await client.get("/voice")).elapsed.total_seconds() < 2
        answers = await crowd
    refused = [answer for answer in answers if answer.status_code == 429]
    assert sorted(answer.status_code for answer in answers) == [200, 200, 429, 429, 429]
    assert all(int(answer.headers["Retry-After"]) > 0 for answer in refused)
    worker.close()
