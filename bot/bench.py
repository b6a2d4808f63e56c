"""`make bench`: latency of REST messages, boot time and memory of the running processes.

One user, messages one after another; the second start of all processes is what is timed. Prints
one JSON line last. With `--against URL` the same messages go to another Rasa server in turn.
"""

from __future__ import annotations

import argparse
import json
import platform
import signal
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import httpx
import psutil

from bot.identity import Gate
from knowledge.model.students import Principal, Role
from knowledge.settings import Settings

_RUN = uuid.uuid4().hex[:8]
_MESSAGES = (
    "undergraduate history classes in spring 2019",
    "who teaches CS106A?",
    "when does CS230 meet in winter 2019",
    "classes about robots",
)


def main(argv: list[str] | None = None) -> int:
    """Start Quad, measure, stop it."""
    parser = argparse.ArgumentParser(prog="python -m bot.bench", description=__doc__)
    parser.add_argument("--messages", type=int, default=200)
    parser.add_argument("--against", help="REST webhook of another server, taken in turn")
    args = parser.parse_args(argv)
    settings = Settings.from_env()
    log = (settings.var / "bench.log").open("w")
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.supervise"], stdout=log, stderr=log, start_new_session=True
    )
    try:
        ready_seconds = _until_ready(settings, started)
        figures = {
            "second_start_seconds": round(ready_seconds, 2),
            "resident_mb": _resident(process.pid),
            **_latencies(settings, args.messages, args.against),
            "machine": f"{platform.machine()}, {psutil.cpu_count()} cores",
        }
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)
        log.close()
    print(json.dumps(figures))
    return 0


def _until_ready(settings: Settings, started: float) -> float:
    url = f"http://127.0.0.1:{settings.site_port}/health"
    while time.monotonic() - started < 120:
        try:
            if httpx.get(url).status_code == 200:
                return time.monotonic() - started
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    raise SystemExit("Quad did not start; see bench.log under var/")


def _resident(pid: int) -> dict[str, int]:
    """Megabytes resident by the module each process runs."""
    sizes: dict[str, int] = {}
    for child in psutil.Process(pid).children(recursive=True):
        words = child.cmdline()
        if "-m" in words:
            name = Path(words[words.index("-m") + 1]).name
            sizes[name] = round(child.memory_info().rss / 1e6)
    return sizes


def _latencies(settings: Settings, count: int, against: str | None) -> dict[str, object]:
    token = Gate(settings.secret).issue(Principal("05990003", Role.STUDENT))
    ours = f"http://127.0.0.1:{settings.bot_port}/webhooks/rest/webhook"
    with httpx.Client(timeout=30, headers={"Authorization": f"Bearer {token}"}) as http:
        senders = {ours: "bench", **({against: "bench"} if against else {})}
        times: dict[str, list[float]] = {url: [] for url in senders}
        for number in range(count + 10):
            for url in senders:
                seconds = _timed(lambda u=url, n=number: _send(http, u, n))
                if number >= 10:  # the first ones warm caches
                    times[url].append(seconds * 1000)
    result: dict[str, object] = {"rest_inform_ms": _summary(times[ours])}
    if against:
        result["against_ms"] = _summary(times[against])
    return result


def _send(http: httpx.Client, url: str, number: int) -> None:
    # A fresh conversation every ten messages, as students have them.
    body = {"sender": f"{_RUN}-{number // 10}", "message": _MESSAGES[number % 4]}
    http.post(url, json=body).raise_for_status()


def _timed(call: Callable[[], None]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def _summary(values: list[float]) -> dict[str, float]:
    ordered = sorted(values)
    return {
        "median": round(statistics.median(ordered), 1),
        "p95": round(ordered[int(len(ordered) * 0.95)], 1),
        "n": len(ordered),
    }


if __name__ == "__main__":
    sys.exit(main())
