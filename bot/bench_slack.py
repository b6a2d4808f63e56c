"""`python -m bot.bench_slack`: how fast Slack is acknowledged while others talk to the bot.

Starts the whole of Quad on free ports with a stand-in of Slack's Web API, lets students talk
through the REST door at the same time, and posts signed direct messages at a steady pace. Slack
waits three seconds; the promise is a p99 of at most 300 ms. Prints one JSON line last.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import secrets
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import httpx
import psutil
from aiohttp import web

from bot.channels.slack.signing import Signatures
from bot.policy.simulator.world.running import RunningQuad, running
from knowledge.settings import Settings

_SAYINGS = (
    "undergraduate history classes in spring 2019",
    "who teaches CS106A?",
    "when does CS230 meet in winter 2019",
    "classes about robots",
)
_WARM = 20  # messages that warm caches and are not counted


async def measure(args: argparse.Namespace) -> dict[str, object]:
    """The figures of one run."""
    secret = secrets.token_hex(16)
    answered: dict[str, float] = {}
    api = await _stand_in(answered)
    with tempfile.TemporaryDirectory() as folder:
        encoders = Settings.from_env().var / "encoders"
        variables = {
            "SLACK_SIGNING_SECRET": secret,
            "SLACK_BOT_TOKEN": "xoxb-bench",
            "SLACK_API_URL": f"http://127.0.0.1:{api.port}/api/",
        }
        async with running(Path(folder), encoders, **variables) as quad:
            stop = asyncio.Event()
            loads = [asyncio.ensure_future(_chat(quad, n, stop)) for n in range(args.chatters)]
            times, sent = await _post_all(quad, secret, args)
            await _until_answered(answered, sent)
            stop.set()
            said = sum(await asyncio.gather(*loads))
    await api.runner.cleanup()
    replies = sorted(answered[key] - at for key, at in sent.items() if key in answered)
    return {
        "acknowledged_ms": _summary(times),
        "answered_ms": _summary([seconds * 1000 for seconds in replies]),
        "unanswered": len(sent) - len(replies),
        "rest_messages_meanwhile": said,
        "chatters": args.chatters,
        "slack_messages": args.messages,
        "per_second": args.rate,
        "load_average": round(psutil.getloadavg()[0], 1),
        "machine": f"{psutil.cpu_count()} CPU cores, shared",
        "date": date.today().isoformat(),
    }


class _Api:
    """The stand-in: every message is taken; when it came is noted by its channel."""

    def __init__(self, runner: web.AppRunner, port: int) -> None:
        self.runner = runner
        self.port = port


async def _stand_in(answered: dict[str, float]) -> _Api:
    async def method(request: web.Request) -> web.Response:
        name = request.match_info["method"]
        if name == "auth.test":
            told = {"team_id": "T1", "user_id": "UQ", "bot_id": "BQ", "team": "bench"}
            return web.json_response({"ok": True, **told})
        if name == "chat.postMessage":
            body = await request.json()
            answered.setdefault(body["channel"], time.perf_counter())
        return web.json_response({"ok": True, "ts": "1.1", "channel": "D"})

    app = web.Application()
    app.router.add_route("*", "/api/{method}", method)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    return _Api(runner, runner.addresses[0][1])


async def _chat(quad: RunningQuad, number: int, stop: asyncio.Event) -> int:
    """One visitor who goes on asking; how much was said."""
    headers = {"Authorization": f"Bearer {quad.gate.visitor()}"}
    url, said = f"{quad.bot}/webhooks/rest/webhook", 0
    async with httpx.AsyncClient(timeout=60, headers=headers) as http:
        for text in itertools.cycle(_SAYINGS[number % 4 :] + _SAYINGS[: number % 4]):
            if stop.is_set():
                break
            await http.post(url, json={"sender": f"chatter {number}", "message": text})
            said += 1
    return said


async def _post_all(
    quad: RunningQuad, secret: str, args: argparse.Namespace
) -> tuple[list[float], dict[str, float]]:
    """Milliseconds until each 2xx, and when each was sent by channel; at the given pace."""
    times: list[float] = []
    sent: dict[str, float] = {}
    signatures = Signatures(secret)
    limits = httpx.Limits(max_connections=50)
    async with httpx.AsyncClient(timeout=60, limits=limits) as http, asyncio.TaskGroup() as tasks:
        for number in range(args.messages + _WARM):
            channel = f"D{number}"
            content = _direct(number, channel)
            counted = number >= _WARM
            tasks.create_task(_post(http, quad, signatures, content, times if counted else []))
            if counted:
                sent[channel] = time.perf_counter()
            await asyncio.sleep(1 / args.rate)
    return times, sent


async def _post(
    http: httpx.AsyncClient,
    quad: RunningQuad,
    signatures: Signatures,
    content: bytes,
    times: list[float],
) -> None:
    sent_at = str(int(time.time()))
    headers = {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": sent_at,
        "X-Slack-Signature": signatures.sign(sent_at, content),
    }
    begun = time.perf_counter()
    response = await http.post(
        f"{quad.bot}/webhooks/slack/webhook", content=content, headers=headers
    )
    response.raise_for_status()
    times.append((time.perf_counter() - begun) * 1000)


def _direct(number: int, channel: str) -> bytes:
    moment = f"{int(time.time())}.{number:06d}"
    inner = {"type": "message", "channel_type": "im", "channel": channel, "user": f"U{number}"}
    spoken = {**inner, "text": _SAYINGS[number % 4], "ts": moment}
    outer = {"type": "event_callback", "team_id": "T1", "api_app_id": "A1"}
    return json.dumps({**outer, "event_id": f"Ev{number}", "event": spoken}).encode()


async def _until_answered(answered: dict[str, float], sent: dict[str, float]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and not sent.keys() <= answered.keys():  # noqa: ASYNC110
        await asyncio.sleep(0.1)


def _summary(milliseconds: list[float]) -> dict[str, float]:
    ordered = sorted(milliseconds) or [0.0]
    at = {f"p{p}": ordered[min(len(ordered) - 1, len(ordered) * p // 100)] for p in (50, 95, 99)}
    return {name: round(value, 1) for name, value in {**at, "max": ordered[-1]}.items()}


def main(argv: list[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bot.bench_slack", description=__doc__)
    parser.add_argument("--messages", type=int, default=500)
    parser.add_argument("--rate", type=float, default=5.0, help="Slack messages a second")
    parser.add_argument("--chatters", type=int, default=4, help="who talk by REST meanwhile")
    print(json.dumps(asyncio.run(measure(parser.parse_args(argv)))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
