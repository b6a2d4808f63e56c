"""A browser page running connection.js behind a line that breaks at random moments.

The page is shown at the site's own address; its script is the one that the pages of Quad use. The
record and Axess' audit log say what arrived, the page itself what it showed.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import signal
import subprocess
import threading
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, sync_playwright

from bot.drills.breaking import Breaker
from bot.drills.judge import acts_of, record_of
from bot.drills.processes import ROOT, Quad, free_port
from bot.drills.proxy import Line
from bot.identity import Gate
from knowledge.model.students import Principal, Role
from knowledge.storage.unit_of_work import UnitOfWork

_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
# The page's HTML comes from nowhere, so the browser would not let it speak to this machine.
_FLAGS = ["--no-sandbox", "--disable-features=LocalNetworkAccessChecks"]
_PATIENCE = 90.0  # seconds for a message to be answered, restarts included
_ASKED = ("how many units is CS106A?", "who teaches CS106A?", "hello")
_ACTS = (("enroll me in CS106A for winter 2019", "enroll"), ("drop CS106A", "drop"))
_RELOADED = 0.1  # of the disconnections: the page is reloaded as well


@dataclass
class Tally:
    """What came of it."""

    disconnections: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    cut_connections: int = 0
    messages: int = 0
    replies: int = 0
    lost_messages: int = 0
    doubled_messages: int = 0
    lost_replies: int = 0
    doubled_replies: int = 0
    acts: int = 0
    wrong_acts: int = 0
    slowest_seconds: float = 0.0
    faults: list[str] = field(default_factory=list)


def reconnecting(args: argparse.Namespace, var: Path) -> dict[str, Any]:
    """Run the drill; the figures."""
    port = free_port()
    line = Line(port)
    quad = Quad.start(var, [port], front=line.port)
    units = UnitOfWork.at(quad.settings.database_url)
    try:
        with sync_playwright() as playwright:
            path = next(found for name in _CHROMIUM if (found := shutil.which(name)))
            browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
            drill = Drill(quad, units, line, browser.new_page(), random.Random(args.seed))
            tally = drill.run(args.disconnections, args.restarts)
            browser.close()
    finally:
        units.close()
        quad.stop()
        line.close()
    return asdict(tally)


class Drill:
    """One student at one page."""

    def __init__(
        self, quad: Quad, units: UnitOfWork, line: Line, page: Page, chance: random.Random
    ) -> None:
        self._quad, self._units, self._line, self._page = quad, units, line, page
        self._chance = chance
        self._suid, token = quad.add_student(units)
        self._said: dict[str, str] = {}  # texts by id
        self._acts: list[str] = []
        self._seen: set[str] = set()  # replies that were on the page
        self.tally = Tally()
        _serve(page, quad.site, {"url": f"http://127.0.0.1:{line.port}", "token": token})

    def run(self, disconnections: int, restarts: int) -> Tally:
        """Break, speak, break again; then judge."""
        self._open()
        breaker = Breaker(self._line, self._chance)
        dying = set(self._chance.sample(range(disconnections), min(restarts, disconnections)))
        for number in range(disconnections):
            kind = "restart" if number in dying else breaker.kind()
            self.tally.kinds[kind] = self.tally.kinds.get(kind, 0) + 1
            self.tally.disconnections += 1
            self._round(breaker, kind)
        self._line.watch = None
        self._judge()
        return self.tally

    def _round(self, breaker: Breaker, kind: str) -> None:
        began = time.monotonic()
        killing: threading.Thread | None = None
        if kind == "restart":
            killing = threading.Thread(target=self._restart)
            killing.start()
        else:
            breaker.before(kind)
        fresh = [self._say() for _ in range(1 if self._chance.random() < 0.7 else 3)]
        breaker.after(kind)
        if self._chance.random() < _RELOADED:
            self._collect()
            self._open()
        if killing is not None:
            killing.join()
        self._until_answered(fresh, kind)
        self.tally.slowest_seconds = max(
            self.tally.slowest_seconds, round(time.monotonic() - began, 1)
        )

    def _restart(self) -> None:
        time.sleep(self._chance.uniform(0, 0.3))
        self._quad.end("bot0", self._chance.choice((signal.SIGKILL, signal.SIGTERM)))
        self._quad.run_bot(0)

    def _open(self) -> None:
        self._page.goto(f"{self._quad.site}/drill")
        self._page.wait_for_function("window.page !== undefined")

    def _say(self) -> str:
        if self._chance.random() < 0.3:
            text, act = _ACTS[len(self._acts) % 2]
            self._acts.append(act)
        else:
            text = self._chance.choice(_ASKED)
        message_id: str = self._page.evaluate("text => window.page.say(text)", text)
        self._said[message_id] = text
        return message_id

    def _until_answered(self, ids: list[str], kind: str) -> None:
        """Every message of this round is acknowledged, or known to the history, and answered."""
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            page = self._collect()
            mine = [each["id"] for each in page["shown"] if each["from"] == "user"]
            waiting = {each["id"] for each in page["shown"] if each.get("waiting")}
            last = page["shown"][-1:] and page["shown"][-1]["from"] == "bot"
            if last and all(each in mine and each not in waiting for each in ids):
                return
            self._page.wait_for_timeout(30)
        self.tally.faults.append(f"{kind}: no answer to {[self._said[each] for each in ids]}")

    def _collect(self) -> dict[str, Any]:
        """What the page shows now; doubles on it are counted."""
        page: dict[str, Any] = self._page.evaluate(
            "() => { const p = window.page; const doubled = p.doubled; p.doubled = [];"
            " return { shown: p.shown, doubled, failed: p.failed }; }"
        )
        self._seen |= {each["id"] for each in page["shown"] if each["from"] == "bot"}
        if page["doubled"]:
            self.tally.doubled_replies += len(page["doubled"])
            self.tally.faults.append(f"shown twice: {page['doubled']}")
        return page

    def _judge(self) -> None:
        gate, student = Gate(self._quad.settings.secret), Principal(self._suid, Role.STUDENT)
        record = record_of(self._quad.settings.tracker_url, gate.conversation(student, "web"))
        done = [act for act, _ in acts_of(self._units, self._suid)]
        tally, stored = self.tally, set(record.replies)
        tally.messages, tally.replies = len(self._said), len(record.replies)
        tally.cut_connections = self._line.cuts
        tally.lost_messages = sum(record.heard[each] == 0 for each in self._said)
        tally.doubled_messages = sum(record.heard[each] > 1 for each in self._said)
        tally.lost_replies = len(stored - self._seen)
        tally.doubled_replies += len(self._seen - stored)  # shown, and on no record
        tally.acts = len(done)
        tally.wrong_acts = 0 if done == self._acts else abs(len(done) - len(self._acts)) or 1
        if tally.wrong_acts:
            tally.faults.append(f"acts: wanted {self._acts}, done {done}")
        if tally.lost_messages or tally.doubled_messages or tally.lost_replies:
            tally.faults.append("the record differs from the page")


def _serve(page: Page, site: str, drill: dict[str, str]) -> None:
    """The page and its script at the site's address, without the site knowing."""
    web = ROOT / "bot" / "web"
    esbuild = web / "node_modules" / ".bin" / "esbuild"
    bundle = subprocess.run(  # noqa: S603 - our own build tool
        [esbuild, web / "src" / "connection.js", "--bundle", "--format=esm"],
        check=True,
        capture_output=True,
    ).stdout
    html = (Path(__file__).parent / "page.html").read_text()
    setting = f"<script>window.drill = {json.dumps(drill)}</script>\n<script type"
    html = html.replace("<script type", setting, 1)

    def give(route: Route) -> None:
        script = route.request.url.endswith(".js")
        kind = "text/javascript" if script else "text/html"
        route.fulfill(body=bundle if script else html, content_type=kind)

    page.route(f"{site}/drill**", give)
    page.route(f"{site}/drill/**", give)
