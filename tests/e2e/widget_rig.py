"""The real site in front of a scripted bot, and foreign pages that include the widget."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import uvicorn
from scripted_bot import ScriptedBot

from bot.site import create_app
from knowledge.settings import Settings
from knowledge.storage.unit_of_work import UnitOfWork

SECRET = "a secret for the tests alone, longer than thirty-two bytes"
_HOST = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>A department</title></head>
<body>
<main><h1>Department of History</h1><p><a href="#more">More</a></p></main>
{scripts}
</body>
</html>"""


class ForeignPages:
    """A little site of somebody else, with a policy as strict as a policy can be."""

    def __init__(self, quad: str) -> None:
        self.scripts = f'<script src="{quad}/widget.js" data-server="{quad}" async></script>'
        policy = f"default-src 'none'; script-src {quad}; frame-src {quad}"
        pages = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = _HOST.format(scripts=pages.scripts).encode()
                self.send_response(200 if self.path == "/" else 404)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Security-Policy", policy)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


class Rig:
    """Where everything is. `home` is on the allow-list, `stranger` is not."""

    def __init__(self, bot: ScriptedBot, site: str, home: ForeignPages, stranger: str) -> None:
        self.bot = bot
        self.site = site
        self.pages = home
        self.home = f"http://localhost:{home.port}/"  # another origin of the same host
        self.abroad = f"http://127.0.0.1:{home.port}/"  # another host
        self.stranger = stranger


@contextmanager
def rig(seeded_file: Path, var: Path) -> Iterator[Rig]:
    """Started for one module of tests, on a copy of the seeded database."""
    shutil.copy(seeded_file, var / "quad.db")
    units = UnitOfWork.at(f"sqlite:///{var / 'quad.db'}")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    bot, site = ScriptedBot(), f"http://localhost:{port}"
    bot.start()
    pages, others = ForeignPages(site), ForeignPages(site)
    settings = Settings.from_env(
        {
            "QUAD_VAR": str(var),
            "QUAD_TODAY": "2018-11-15",
            "QUAD_SECRET": SECRET,
            "QUAD_DATABASE_URL": f"sqlite:///{var / 'quad.db'}",
            "QUAD_SITE_PORT": str(port),
            "QUAD_BOT_URL": bot.url,
            "QUAD_ORIGINS": f"http://localhost:{pages.port} http://127.0.0.1:{pages.port}",
        }
    )
    config = uvicorn.Config(
        create_app(settings, units), host="localhost", port=port, log_level="error", ws="none"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        thread.join(0.01)
    yield Rig(bot, site, pages, f"http://localhost:{others.port}/")
    server.should_exit = True
    thread.join(10)
    for each in (pages, others):
        each.server.shutdown()
    bot.stop()
