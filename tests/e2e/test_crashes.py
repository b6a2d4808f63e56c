"""The bot is killed after Axess has acted and before anybody knows: a resend acts no more."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import httpx
import pytest

from bot.drills.judge import acts_of, record_of
from bot.drills.processes import Quad, free_port
from bot.drills.proxy import Line
from bot.identity import Gate
from knowledge.model.students import Principal, Role
from knowledge.storage.unit_of_work import UnitOfWork

SENDER = "s"


class Axess:
    """The way to Axess: the answer to an act is held back once, when asked to."""

    def __init__(self, site: int) -> None:
        self.acted = threading.Event()
        self._armed = self._acting = False
        self.line = Line(site, self._watch)

    def hold_next_act(self) -> None:
        self.acted.clear()
        self._armed, self._acting = True, False

    def _watch(self, outward: bool, data: bytes) -> int | None:
        if outward:
            self._acting |= self._armed and data.startswith((b"POST /axess", b"DELETE /axess"))
        elif self._acting:
            self._armed = self._acting = False
            self.acted.set()
            self.line.open.clear()
        return None


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Quad, Axess]]:
    site = free_port()
    axess = Axess(site)
    quad = Quad.start(
        tmp_path_factory.mktemp("var"),
        QUAD_SITE_PORT=str(site),
        QUAD_AXESS_URL=f"http://127.0.0.1:{axess.line.port}/axess",
    )
    yield quad, axess
    quad.stop()
    axess.line.close()


def _say(quad: Quad, token: str, text: str, message_id: str) -> str:
    body = {"sender": SENDER, "message": text, "metadata": {"message_id": message_id}}
    headers = {"Authorization": f"Bearer {token}"}
    url = f"{quad.bots[0]}/webhooks/rest/webhook"
    answer = httpx.post(url, json=body, headers=headers, timeout=60).raise_for_status()
    return "\n".join(reply.get("text", "") for reply in answer.json())


@pytest.mark.parametrize("killed", [("bot0",), ("bot0", "actions")], ids=["bot", "bot and actions"])
def test_a_crash_after_the_act_does_not_double_it(world, killed: tuple[str, ...]) -> None:
    quad, axess = world
    units = UnitOfWork.at(quad.settings.database_url)
    suid, token = quad.add_student(units)
    wishes = (
        ("enroll me in CS106A for winter 2019", "enrolled", ["enroll"]),
        ("swap CS106A for HISTORY131", "HISTORY131", ["drop", "enroll"]),
        ("drop HISTORY131", "dropped HISTORY131", ["drop"]),
    )
    wanted: list[str] = []
    for number, (text, reply, acts) in enumerate(wishes):
        axess.hold_next_act()

        def try_once(text: str = text, number: int = number) -> None:
            with pytest.raises(httpx.TransportError):
                _say(quad, token, text, f"m{number}")

        first = threading.Thread(target=try_once)
        first.start()
        assert axess.acted.wait(60), quad.log.read_text()[-4000:]
        for name in killed:
            quad.end(name)
        axess.line.cut()
        axess.line.open.set()
        if "actions" in killed:
            quad.run("actions", "actions")
            quad.wait(f"http://127.0.0.1:{quad.settings.actions_port}/health")
        quad.run_bot(0)
        first.join(60)
        assert reply in _say(quad, token, text, f"m{number}")
        assert reply in _say(quad, token, text, f"m{number}")
        wanted += acts
        assert [act for act, _ in acts_of(units, suid)] == wanted
    conversation = _conversation(quad, suid)
    heard = record_of(quad.settings.tracker_url, conversation).heard
    assert heard == {f"m{number}": 1 for number in range(len(wishes))}
    units.close()


def _conversation(quad: Quad, suid: str) -> str:
    return Gate(quad.settings.secret).conversation(Principal(suid, Role.STUDENT), SENDER)
