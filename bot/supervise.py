"""`python -m bot.supervise`: runs the Procfile under honcho and says when everything is ready."""

from __future__ import annotations

import json
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from honcho.environ import parse_procfile
from honcho.manager import Manager

from knowledge.errors import InvalidSetting
from knowledge.settings import Settings

_PATIENCE_SECONDS = 120


def main() -> int:
    """Run until Ctrl-C or until a process ends; all of them end together."""
    try:
        settings = Settings.from_env()  # also makes the secret before the processes race for it
    except InvalidSetting as error:
        print(f"{error.key} has a value that cannot be used: {error.value!r}", file=sys.stderr)
        return 2
    manager = Manager()
    for name, command in parse_procfile(Path("Procfile").read_text()).processes.items():
        manager.add_process(name, command)
    threading.Thread(target=_announce, args=(settings,), daemon=True).start()
    manager.loop()
    return int(manager.returncode or 0)


def _announce(settings: Settings) -> None:
    """Print the address once `/health` is 200, or what is missing after a while."""
    address = f"http://localhost:{settings.site_port}"
    started = time.monotonic()
    state: dict[str, Any] = {}
    while time.monotonic() - started < _PATIENCE_SECONDS:
        ready, state = _health(f"{address}/health")
        if ready:
            print(f"\nQuad is ready: open {address}/   (Ctrl-C ends it)\n", flush=True)
            return
        time.sleep(0.1)
    print(f"\nQuad is not ready yet: {state}\n", file=sys.stderr, flush=True)


def _health(url: str) -> tuple[bool, dict[str, Any]]:
    try:
        with urllib.request.urlopen(url, timeout=2) as response:  # noqa: S310 - our own address
            return True, json.load(response)
    except urllib.error.HTTPError as error:
        return False, json.load(error)
    except (OSError, ValueError) as error:
        return False, {"site": str(error)}


if __name__ == "__main__":
    sys.exit(main())
