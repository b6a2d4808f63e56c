"""Chat in the terminal: `make chat` (type) and `make demo` (a scripted conversation).

Both speak to the running bot over the REST door, and start Quad themselves when it is not running.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from bot.identity import Gate
from knowledge.model.students import Principal, Role
from knowledge.settings import Settings

_STUDENT = "05990003"
_DEMO = (
    "Hi!",
    "what are the undergraduate level history classes offered in spring?",
    "tell me about the second one",
    "I want to enroll in CS106A to learn coding",
    "what is a triplet loss?",
    "winter",
    "2027",
    "what am I enrolled in?",
    "drop it",
    "thanks, bye",
)


def main(argv: list[str] | None = None) -> int:
    """`chat` or `demo`."""
    mode = (argv or sys.argv[1:] or ["chat"])[0]
    settings = Settings.from_env()
    with running(settings), httpx.Client(timeout=30) as http:
        lines = _scripted() if mode == "demo" else _typed()
        token = Gate(settings.secret).issue(Principal(_STUDENT, Role.STUDENT))
        print(f"(signed in as the sample student {_STUDENT}; Ctrl-D ends)")
        _converse(http, settings, token, lines)
    return 0


def _converse(http: httpx.Client, settings: Settings, token: str, lines: Iterator[str]) -> None:
    url = f"http://127.0.0.1:{settings.bot_port}/webhooks/rest/webhook"
    sender = uuid.uuid4().hex
    for line in lines:
        body = {"sender": sender, "message": line}
        answer = http.post(url, json=body, headers={"Authorization": f"Bearer {token}"})
        for reply in answer.json():
            print(f"Quad: {reply.get('text') or reply.get('image')}")
            if buttons := reply.get("buttons"):
                print("      [" + "] [".join(button["title"] for button in buttons) + "]")


def _typed() -> Iterator[str]:
    while True:
        try:
            line = input("You:  ")
        except (EOFError, KeyboardInterrupt):
            print()
            return
        yield line


def _scripted() -> Iterator[str]:
    for line in _DEMO:
        print(f"You:  {line}")
        yield line


@contextmanager
def running(settings: Settings) -> Iterator[None]:
    """Quad, started for the while if it does not run already."""
    if _ready(settings):
        yield
        return
    print("(starting Quad…)")
    log = (settings.var / "terminal.log").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.supervise"], stdout=log, stderr=log, start_new_session=True
    )
    try:
        _wait(settings, process)
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)
        log.close()


def _wait(settings: Settings, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if _ready(settings):
            return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise SystemExit(f"Quad did not start; see {settings.var / 'terminal.log'}")


def _ready(settings: Settings) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{settings.site_port}/health").status_code == 200
    except httpx.TransportError:
        return False


if __name__ == "__main__":
    sys.exit(main())
