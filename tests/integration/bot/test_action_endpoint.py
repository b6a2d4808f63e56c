"""Action calls over kept connections, against a real server."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.rasa_compat import install

install()

from rasa.utils.endpoints import ClientResponseError, EndpointConfig  # noqa: E402

from bot.action_endpoint import PooledEndpoint  # noqa: E402


@pytest.fixture
async def endpoint() -> AsyncIterator[PooledEndpoint]:
    """A server that tells who called, from which port, with which token."""

    async def answer(request: web.Request) -> web.Response:
        body = await request.json()
        if body.get("fail"):
            return web.json_response({"error": "no"}, status=400)
        if "tracker" in body:
            return web.json_response(body)
        assert request.transport is not None
        port = request.transport.get_extra_info("peername")[1]
        return web.json_response({"token": request.headers["Authorization"], "port": port})

    app = web.Application()
    app.router.add_post("/webhook", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    plain = EndpointConfig(
        f"http://127.0.0.1:{port}/webhook", headers={"Authorization": "Bearer t"}
    )
    pooled = PooledEndpoint(plain)
    yield pooled
    await pooled.close()
    await runner.cleanup()


async def test_calls_share_a_connection_and_carry_the_token(endpoint: PooledEndpoint) -> None:
    answers = [await endpoint.request(json={"n": n}, method="post") for n in range(3)]
    assert {answer["token"] for answer in answers} == {"Bearer t"}
    assert len({answer["port"] for answer in answers}) == 1


async def test_a_refusal_is_rasa_s_own_error(endpoint: PooledEndpoint) -> None:
    with pytest.raises(ClientResponseError) as caught:
        await endpoint.request(json={"fail": True}, method="post")
    assert caught.value.status == 400
    assert b"no" in caught.value.text
