"""Slack through the whole running bot: signing in, enrolling, a mention, the form, the Home tab."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from fake_slack import SECRET, TEAM, FakeSlack, post
from slack_shapes import click, command, direct, event, mentioned, submitted, ts

from bot.policy.simulator.values import Beginning
from bot.policy.simulator.world.running import RunningQuad, running
from knowledge.model.students import Principal, Role

ROOT = Path(__file__).parents[2]


class Workspace:
    """The stand-in of Slack and a running Quad that is installed there."""

    def __init__(self, slack: FakeSlack, quad: RunningQuad) -> None:
        self.slack, self.quad = slack, quad
        self.door = f"{quad.bot}/webhooks/slack"

    async def send(self, body: dict[str, Any]) -> None:
        assert (await post(self.quad.http, self.door, body)).status_code == 200

    async def say(self, body: dict[str, Any], pattern: str) -> dict[str, Any]:
        """Send, and wait for the payload that answers it."""
        seen = len(self.slack.calls)
        await self.send(body)
        return await self.shown(pattern, seen)

    async def shown(self, pattern: str, seen: int = 0) -> dict[str, Any]:
        until = asyncio.get_running_loop().time() + 40
        while True:
            told = list(self.slack.calls)[seen:]
            for method, payload in told:
                if re.search(pattern, str(payload), re.IGNORECASE | re.DOTALL):
                    return {"method": method, **payload}
            assert self.slack.wrong == []
            assert asyncio.get_running_loop().time() < until, told
            await asyncio.sleep(0.05)

    async def sign_in(self, user: str) -> str:
        """Link a new student by the address that Slack shows; the student's number."""
        suid = self.quad.campus.admit(Beginning(completed=None))
        channel = f"D{user[1:]}"
        invited = await self.say(
            command("sign-in", self.slack.address, user, channel), "slack/link"
        )
        address = re.search(r"https?://[^'\"]+/slack/link\?code=[\w%-]+", str(invited)).group()
        path = address.partition("/slack/link")[2]
        url = f"{self.quad.site}/slack/link"
        http = self.quad.http
        stranger = await http.get(f"{url}{path}")
        assert (stranger.status_code, stranger.headers["location"][:9]) == (303, "/sign-in?")
        cookie = {"Cookie": f"quad={self.quad.gate.issue(Principal(suid, Role.STUDENT))}"}
        page = await http.get(f"{url}{path}", headers=cookie)
        assert page.status_code == 200
        assert "Ada" in page.text
        fields = dict(re.findall(r'name="(\w+)" value="([^"]+)"', page.text))
        forged = {**fields, "form_key": "0" * 64}
        assert (await http.post(url, data=forged, headers=cookie)).status_code == 403
        assert (await http.post(url, data=fields, headers=cookie)).status_code == 200
        assert (await http.post(url, data=fields, headers=cookie)).status_code == 410
        await self.shown("You are signed in")
        return suid

    def held(self, suid: str) -> set[str]:
        return {each.code for each in self.quad.campus.record(suid)}


@pytest.fixture
async def workspace(tmp_path: Path, serve: Callable[[Any], str]) -> AsyncIterator[Workspace]:
    slack = FakeSlack()
    slack.address = serve(slack.app)
    variables = {
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_BOT_TOKEN": "xoxb-one",
        "SLACK_API_URL": f"{slack.address}/api/",
    }
    async with running(tmp_path, ROOT / "var" / "encoders", **variables) as quad:
        yield Workspace(slack, quad)
        log = (tmp_path / "quad.log").read_text()
    assert slack.wrong == []
    assert "Traceback" not in log, log[-3000:]


@pytest.mark.timeout(600)
async def test_a_student_enrolls_in_slack(workspace: Workspace) -> None:
    """One running bot for the whole story: starting it takes most of the time."""
    refused = await workspace.say(direct("enroll me in CS106A for winter 2019"), "sign in")
    assert refused["method"] == "chat.postMessage"
    suid = await workspace.sign_in("U1")

    # A direct message, and a click on the quarter that it asks for.
    asked = await workspace.say(direct("enroll me in CS106A"), "Winter 2019")
    action = next(
        element
        for block in asked["blocks"]
        for element in block.get("elements", ())
        if "Winter 2019" in str(element.get("text", ""))
    )
    message = {"ts": ts(), "text": asked["text"], "blocks": asked["blocks"]}
    clicked = click(action, message, workspace.slack.address)
    await workspace.say(clicked, "undo")
    await workspace.send(click(action, message, workspace.slack.address))  # a second click
    (settled,) = workspace.slack.told("chat.update")
    assert settled["ts"] == message["ts"]
    assert workspace.held(suid) == {"CS106A"}

    # A mention: what is for all stands in the thread, what is the student's own is for one's eyes.
    mention, told_twice = mentioned("who teaches CS106A?")
    await workspace.send(told_twice)
    open_answer = await workspace.say(mention, "teach|instructor|CS106A.*thread_ts")
    assert open_answer["method"] == "chat.postMessage"
    assert open_answer["thread_ts"] == mention["event"]["ts"]
    own, _ = mentioned("what am I enrolled in?")
    answer = await workspace.say(own, "CS106A.*Winter|Winter.*CS106A")
    assert (answer["method"], answer["user"]) == ("chat.postEphemeral", "U1")

    # The form.
    opened = await workspace.say(command("enroll", workspace.slack.address), "'type': 'modal'")
    view = opened["view"]
    values = {
        "code": {"value": {"type": "plain_text_input", "value": "CS230"}},
        "term": {"value": {"selected_option": {"value": "Spring 2019"}}},
        "units": {"value": {"value": None}},
        "grading": {"value": {"selected_option": None}},
    }
    done = await workspace.say(submitted(view, values), "CS230.*Spring 2019")
    assert (done["method"], done["user"]) == ("chat.postEphemeral", "U1")
    wrong = {**values, "code": {"value": {"value": "the robot class"}}}
    answer = await post(workspace.quad.http, workspace.door, submitted(view, wrong))
    assert answer.json()["response_action"] == "errors"

    # The Home tab.
    opened = {"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home"}
    home = await workspace.say(event(opened), "'type': 'home'")
    assert home["user_id"] == "U1"
    assert "CS106A" in str(home["view"])

    # Signing out: the door no longer knows the student.
    await workspace.say(command("sign-out", workspace.slack.address), "signed out")
    await workspace.say(direct("what am I enrolled in?"), "aren't signed in")
    assert workspace.held(suid) == {"CS106A", "CS230"}


@pytest.mark.timeout(600)
async def test_forged_requests_leave_no_trace_of_people(
    workspace: Workspace, tmp_path: Path
) -> None:
    secret_words = "my number is 05551234"
    body = direct(secret_words, user="U9SECRET")
    for headers in ({"X-Slack-Signature": "v0=00"}, {"X-Slack-Request-Timestamp": "1"}):
        response = await post(workspace.quad.http, workspace.door, body, **headers)
        assert response.status_code == 401
    async with httpx.AsyncClient() as http:
        assert (await http.post(f"{workspace.door}/webhook", json=body)).status_code == 401
    log = (tmp_path / "quad.log").read_text()
    assert log.count("slack: refused a request") == 3
    assert not any(word in log for word in ("U9SECRET", "05551234", TEAM))
