"""Installing Quad into several workspaces by OAuth; tokens are encrypted; uninstalling forgets."""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fake_slack import FakeSlack
from slack_shapes import direct, event
from slack_world import World, running
from sqlalchemy import select

from bot.channels.slack.sealing import Sealing, Unopenable
from bot.storage.tables import SlackEventRow, SlackInstallRow, SlackLinkRow


@pytest.fixture
async def installable(tmp_path: Path, slack: FakeSlack) -> AsyncIterator[World]:
    oauth = {"client_id": "1.2", "client_secret": "s3cret", "bot_token": None}
    async with running(tmp_path, slack, **oauth) as world:
        yield world


async def _begin(world: World) -> tuple[str, str]:
    """State and cookie of a browser that begins to install."""
    page = await world.http.get(f"{world.door}/install")
    assert page.status_code == 200
    cookie = page.headers["set-cookie"]
    assert all(word in cookie for word in ("HttpOnly", "Secure", "SameSite"))
    address = html.unescape(re.search(r'https://slack.com/oauth/v2/authorize[^"]+', page.text)[0])
    query = parse_qs(urlsplit(address).query)
    assert "chat:write" in query["scope"][0]
    return query["state"][0], cookie.partition(";")[0]


async def _finish(world: World, state: str, code: str, cookie: str | None) -> httpx.Response:
    headers = {"Cookie": cookie} if cookie else {}
    url = f"{world.door}/oauth_redirect"
    return await world.http.get(url, params={"state": state, "code": code}, headers=headers)


async def _install(world: World, team: str) -> None:
    state, cookie = await _begin(world)
    world.slack.codes["code"] = team
    assert (await _finish(world, state, "code", cookie)).status_code == 200


async def test_several_workspaces_are_answered_each_with_its_own_token(
    installable: World,
) -> None:
    world = installable
    for team in ("T0002", "T0003"):
        await _install(world, team)
    await world.send(direct("hello", team="T0002"), direct("hello", team="T0003"))
    await world.send(direct("hello", team="T0004"))
    await world.quiet()
    assert len(world.slack.told("chat.postMessage")) == 2
    principals = {heard.metadata["principal"]["subject"] for heard in world.agent.heard}
    assert principals == {"slack:T0002:U1", "slack:T0003:U1"}


async def test_a_state_opens_once_and_only_in_its_own_browser(installable: World) -> None:
    world = installable
    state, cookie = await _begin(world)
    other_state, other_cookie = await _begin(world)
    world.slack.codes["code"] = "T0002"
    for shown, browser in ((state, None), (state, other_cookie), ("made up", cookie)):
        assert (await _finish(world, shown, "code", browser)).status_code == 400
    forged = cookie.partition("=")[0] + "=forged"
    assert (await _finish(world, "forged", "code", forged)).status_code == 401
    assert (await _finish(world, state, "code", cookie)).status_code == 200
    world.slack.codes["code"] = "T0003"
    assert (await _finish(world, state, "code", cookie)).status_code == 401  # replayed
    assert (await _finish(world, other_state, "no code", other_cookie)).status_code == 401
    with world.database.units.read() as work:
        assert [row.team_id for row in work.session.scalars(select(SlackInstallRow))] == ["T0002"]


async def test_tokens_and_words_are_encrypted_in_the_database(installable: World) -> None:
    world = installable
    await _install(world, "T0002")
    world.agent._slowness = 0.5
    await world.send(direct("my number is 05551234", team="T0002"))
    with world.database.units.read() as work:
        install = work.session.scalars(select(SlackInstallRow)).one()
        letter = work.session.scalars(select(SlackEventRow)).one()
        assert b"xoxb" not in install.sealed
        assert b"05551234" not in (letter.sealed or b"")
        assert Sealing(world.settings.secret).open(install.sealed)["bot_token"] == "xoxb-T0002"
        with pytest.raises(Unopenable):
            Sealing("another secret").open(install.sealed)
    await world.quiet()
    with world.database.units.read() as work:
        assert work.session.scalars(select(SlackEventRow)).one().sealed is None  # emptied


@pytest.mark.parametrize(
    ("inner", "links_left"),
    [
        ({"type": "app_uninstalled"}, 0),
        ({"type": "tokens_revoked", "tokens": {"bot": ["U0QUAD"], "oauth": ["U1"]}}, 1),
    ],
)
async def test_uninstalling_forgets_the_workspace(
    installable: World, inner: dict, links_left: int
) -> None:
    world = installable
    await _install(world, "T0002")
    await _install(world, "T0003")
    world.link(team="T0002")
    await world.send(event(inner, team="T0002"))
    await world.quiet()
    with world.database.units.read() as work:
        assert [row.team_id for row in work.session.scalars(select(SlackInstallRow))] == ["T0003"]
        assert len(work.session.scalars(select(SlackLinkRow)).all()) == links_left
    await world.send(direct("hello", team="T0002"), direct("hello", team="T0003"))
    await world.quiet()
    await asyncio.sleep(0)
    assert [h.metadata["principal"]["subject"] for h in world.agent.heard] == ["slack:T0003:U1"]
