"""Direct messages, mentions and threads, through a real server to a stand-in of Slack."""

from __future__ import annotations

import asyncio

import pytest
from fake_slack import BOT_ID, BOT_USER
from slack_shapes import direct, in_channel, mentioned, ts
from slack_world import World


async def test_a_direct_message_is_answered_flat(world: World) -> None:
    await world.send(direct("courses about <https://x.org/?a=1&amp;b=2|robots> &amp; *AI*"))
    await world.quiet()
    (told,) = world.slack.told("chat.postMessage")
    assert told["channel"] == "D1"
    assert "thread_ts" not in told
    assert told["text"] == "heard: courses about robots &amp; AI"
    (message,) = world.agent.heard
    assert message.text == "courses about robots & AI"
    assert message.metadata["principal"] == {"subject": "slack:T0001:U1", "role": "anonymous"}


async def test_a_mention_told_in_two_events_and_again_acts_once_in_its_thread(
    world: World,
) -> None:
    mention, message = mentioned("who teaches CS106A?")
    again = {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}
    await world.send(message, mention)
    await world.send(mention, message, **again)
    await world.quiet()
    await world.send(mention, **again)
    await world.quiet()
    (told,) = world.slack.told("chat.postMessage")
    assert (told["channel"], told["thread_ts"]) == ("C1", mention["event"]["ts"])
    assert [heard.text for heard in world.agent.heard] == ["who teaches CS106A?"]


async def test_a_thread_goes_on_without_a_mention_for_who_began_it_alone(world: World) -> None:
    mention, _ = mentioned("classes about robots")
    thread = {"thread_ts": mention["event"]["ts"]}
    await world.send(mention, in_channel("and in spring?", **thread))
    await world.send(in_channel("I like those", user="U2", **thread), in_channel("lunch?"))
    await world.quiet()
    texts = [heard.text for heard in world.agent.heard]
    assert texts == ["classes about robots", "and in spring?"]
    assert len({heard.sender_id for heard in world.agent.heard}) == 1
    assert {told["thread_ts"] for told in world.slack.told("chat.postMessage")} == {
        mention["event"]["ts"]
    }


async def test_conversations_belong_to_place_and_user(world: World) -> None:
    (first, _), (second, _) = mentioned("hello"), mentioned("hello", user="U2")
    other, _ = mentioned("hello", channel="C2")
    await world.send(first, second, other, direct("hello"), direct("hello", user="U2"))
    await world.quiet()
    assert len({heard.sender_id for heard in world.agent.heard}) == 5


@pytest.mark.parametrize(
    "more",
    [
        {"subtype": "message_changed", "message": {"text": "x"}, "previous_message": {}},
        {"subtype": "message_deleted", "deleted_ts": "1.1"},
        {"subtype": "channel_join"},
        {"bot_id": BOT_ID, "bot_profile": {"name": "Quad"}},
        {"user": BOT_USER},
        {"subtype": "bot_message", "bot_id": "B9"},
    ],
)
async def test_what_is_no_persons_new_words_is_passed_over(world: World, more: dict) -> None:
    await world.send(direct("enroll me", **more))
    await world.quiet()
    assert world.agent.heard == []
    assert world.slack.told("chat.postMessage") == []


async def test_messages_of_one_conversation_keep_their_order(world: World) -> None:
    texts = [f"message {number}" for number in range(12)]
    bodies = [direct(text) for text in texts]
    await asyncio.gather(*(world.send(body) for body in bodies[:6]))
    await asyncio.gather(*(world.send(body) for body in bodies[6:]))
    await world.quiet()
    assert sorted(heard.text for heard in world.agent.heard) == sorted(texts)
    told = [each["text"].removeprefix("heard: ") for each in world.slack.told("chat.postMessage")]
    assert told == [heard.text for heard in world.agent.heard]


async def test_what_waits_is_handled_in_the_order_it_was_said(world: World) -> None:
    world.agent._slowness = 0.2
    first = direct("first")
    late = [direct(f"then {number}") for number in range(4)]
    await world.send(first)
    await world.send(*reversed(late))  # while the first is still being answered
    await world.quiet()
    assert [heard.text for heard in world.agent.heard] == [
        "first",
        *(f"then {number}" for number in range(4)),
    ]


async def test_limits_of_slack_are_waited_for_and_order_is_kept(world: World) -> None:
    world.agent.answers["go"] = (
        "action_search",
        [{"text": f"part {number}"} for number in range(3)],
    )
    world.slack.limit("chat.postMessage")
    await world.send(direct("go"), direct("then"))
    await world.quiet()
    assert world.slack.texts() == ["part 0", "part 1", "part 2", "heard: then"]


async def test_a_bot_that_breaks_off_is_asked_again_and_acts_once(world: World) -> None:
    world.agent.failing = 2
    await world.send(direct("enroll me"), direct("thanks"))
    await world.quiet()
    assert list(world.agent.ledger.values()) == [["enroll me", "thanks"]]
    assert world.slack.texts() == ["heard: enroll me", "heard: thanks"]


def _shared(world: World, *names: str) -> dict[str, object]:
    urls = [f"{world.slack.address}/files/{name}" for name in names]
    files = [{"url_private_download": url, "size": 7} for url in urls]
    return {"subtype": "file_share", "files": files}


async def test_files_become_the_uploads_of_a_skill(world: World) -> None:
    world.slack.files.update({"a.png": b"picture", "b.png": b"another"})
    await world.send(direct("are they the same person?", **_shared(world, "a.png", "b.png")))
    await world.quiet()
    (heard,) = world.agent.heard
    uploads = heard.metadata["client"]["uploads"]
    kept = [(world.settings.var / "uploads" / upload).read_bytes() for upload in uploads]
    assert kept == [b"picture", b"another"]


async def test_what_can_be_read_is_taken_and_the_rest_is_told(world: World) -> None:
    world.slack.files["a.png"] = b"picture"
    many = ["a.png"] * 20
    await world.send(direct("look", **_shared(world, "gone.png", *many)))
    await world.quiet()
    (heard,) = world.agent.heard
    assert len(heard.metadata["client"]["uploads"]) == 11  # of the first twelve
    assert "could not read" in world.slack.texts()[0]


async def test_the_token_goes_to_slacks_own_hosts_alone(world: World) -> None:
    for url in (
        "https://evil.example/a.png",
        "http://files.slack.com/a",
        "https://slack.com.evil/",
    ):
        shared = {"subtype": "file_share", "files": [{"url_private_download": url, "size": 7}]}
        await world.send(direct("look", ts=ts(), **shared))
    await world.quiet()
    assert world.agent.heard == []
    assert all("could not read" in text for text in world.slack.texts())


async def test_a_file_that_is_too_large_is_refused_kindly(world: World) -> None:
    world.slack.files["big"] = b"x" * (10 * 1024 * 1024 + 1)
    url = f"{world.slack.address}/files/big"
    for size in (7, 20_000_000):  # what it says, and what it is
        shared = {"subtype": "file_share", "files": [{"url_private_download": url, "size": size}]}
        await world.send(direct("look", **shared))
    await world.quiet()
    assert all("10 MB" in text for text in world.slack.texts())
    assert len(world.slack.texts()) == 2
