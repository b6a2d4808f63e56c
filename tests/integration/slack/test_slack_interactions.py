"""Clicks, commands, the form, shortcuts, the Home tab, notes and late results."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fake_slack import TEAM, post
from slack_shapes import click, command, direct, event, mentioned, shortcut, submitted, ts
from slack_world import World

from bot.channels.errors import Undeliverable
from bot.channels.slack.axess import Records
from bot.identity.slack_links import SlackLinks

CHOICE = {
    "text": "Which quarter?",
    "buttons": [{"title": q, "payload": q} for q in ("Winter 2019", "Spring 2019")],
}


@pytest.fixture(autouse=True)
def terms(monkeypatch: pytest.MonkeyPatch) -> None:
    """The catalogue is not the point here."""

    async def open_terms(self: Records) -> list[tuple[str, int]]:
        return [("Winter", 2019), ("Spring", 2019)]

    async def enrollments(self: Records, suid: str) -> list[dict[str, Any]]:
        held = {"class_id": 1, "code": "CS106A", "title": "Programming", "units": 5}
        return [{**held, "quarter": "Winter", "year": 2019, "grading": "letter",
                 "status": "enrolled"}]  # fmt: skip

    async def timetable(self: Records, suid: str) -> str:
        return "https://quad.example/axess/timetable.ics"

    monkeypatch.setattr(Records, "open_terms", open_terms)
    monkeypatch.setattr(Records, "timetable", timetable)
    monkeypatch.setattr(Records, "enrollments", enrollments)


def _button(shown: dict[str, Any], title: str) -> dict[str, Any]:
    return next(
        {**element, "block_id": block.get("block_id", "b1")}
        for block in shown["blocks"]
        for element in block.get("elements", ())
        if title in json.dumps(element.get("text", ""))
    )


async def test_a_click_says_its_words_once_and_settles_the_message(world: World) -> None:
    world.agent.answers["enroll me"] = ("action_ask_quarter", [CHOICE])
    await world.send(direct("enroll me"))
    await world.quiet()
    (asked,) = world.slack.told("chat.postMessage")
    message = {"ts": ts(), "text": asked["text"], "blocks": asked["blocks"]}
    first = click(_button(asked, "Winter"), message, world.slack.address)
    second = click(_button(asked, "Spring"), message, world.slack.address)
    await world.send(first, second, first)
    await world.quiet()
    assert [heard.text for heard in world.agent.heard] == ["enroll me", "Winter 2019"]
    (settled,) = world.slack.told("chat.update")
    assert settled["ts"] == message["ts"]
    assert not any(block["type"] == "actions" for block in settled["blocks"])


async def test_what_is_a_students_own_is_for_ones_eyes_in_a_channel(world: World) -> None:
    world.link()
    world.agent.answers |= {
        "my schedule": ("action_schedule", [{"text": "You are in CS106A."}]),
        "enroll me": ("action_ask_quarter", [CHOICE]),
    }
    (own, _), (asks, _), (open_, _) = (
        mentioned("my schedule"),
        mentioned("enroll me"),
        mentioned("who teaches?"),
    )
    await world.send(own, asks, open_)
    await world.quiet()
    # Three threads are three conversations: theirs is no common order.
    private = sorted(world.slack.told("chat.postEphemeral"), key=lambda each: each["text"])
    assert [each["text"] for each in private] == ["Which quarter?", "You are in CS106A."]
    assert {each["user"] for each in private} == {"U1"}
    assert [e["text"] for e in world.slack.told("chat.postMessage")] == ["heard: who teaches?"]
    # A click on it goes on in the same thread, though Slack does not tell where it stood.
    asked = private[0]
    chosen = click(_button(asked, "Winter"), {"ts": ts()}, world.slack.address, channel="C1",
                   ephemeral=True)  # fmt: skip
    await world.send(chosen)
    await world.quiet()
    by_text = {heard.text: heard.sender_id for heard in world.agent.heard}
    assert by_text["Winter 2019"] == by_text["enroll me"] != by_text["my schedule"]
    replaced, *_ = [e for e in world.slack.told("response_url") if e.get("replace_original")]
    assert "Winter 2019" in json.dumps(replaced)


async def test_a_command_is_answered_for_who_typed_it(world: World) -> None:
    await world.send(command("classes about robots", world.slack.address))
    await world.quiet()
    (told,) = world.slack.told("response_url")
    assert (told["response_type"], told["text"]) == ("ephemeral", "heard: classes about robots")
    assert world.slack.told("chat.postMessage") == []


@pytest.mark.parametrize("words", ["", "help", "HELP "])
async def test_help_of_the_command(world: World, words: str) -> None:
    await world.send(command(words, world.slack.address))
    await world.quiet()
    (told,) = world.slack.told("response_url")
    assert "/quad sign-in" in told["text"]


async def test_who_is_not_linked_is_shown_the_way_privately(world: World) -> None:
    world.agent.answers["enroll me"] = ("utter_sign_in", [{"text": "Please sign in."}])
    mention, _ = mentioned("enroll me")
    await world.send(mention)
    await world.quiet()
    (invited,) = world.slack.told("chat.postEphemeral")
    (button,) = invited["blocks"][-1]["elements"]
    assert button["url"].startswith("http://localhost:8000/slack/link?code=")
    assert "code=" not in invited["text"]
    # The address belongs to this Slack user alone, whoever opens it.
    code = button["url"].partition("code=")[2]
    invitation = SlackLinks(world.database).invited(code)
    assert (invitation.team, invitation.user, invitation.user_name) == (TEAM, "U1", "Ada")


async def test_signing_out_ends_it(world: World) -> None:
    world.link()
    await world.send(direct("hello"), command("sign-out", world.slack.address))
    await world.quiet()
    await world.send(direct("hello again"))
    await world.quiet()
    roles = [heard.metadata["principal"]["role"] for heard in world.agent.heard]
    assert roles == ["student", "anonymous"]
    assert len({heard.sender_id for heard in world.agent.heard}) == 2


@pytest.mark.parametrize("way", ["command", "shortcut", "message_action"])
async def test_the_form_opens_and_what_it_says_is_heard(world: World, way: str) -> None:
    opening = {
        "command": command("enroll", world.slack.address),
        "shortcut": shortcut(),
        "message_action": shortcut("message_action", "is anybody taking cs 230?"),
    }[way]
    await world.send(opening)
    await world.quiet()
    (opened,) = world.slack.told("views.open")
    assert opened["trigger_id"] == opening["trigger_id"]
    assert ("CS230" in json.dumps(opened["view"])) == (way == "message_action")
    values = {
        "code": {"value": {"value": "CS106A"}},
        "term": {"value": {"selected_option": {"value": "Winter 2019"}}},
    }
    wrong = {**values, "code": {"value": {"value": "robots"}}}
    answer = await post(world.http, world.door, submitted(opened["view"], wrong))
    assert list(answer.json()["errors"]) == ["code"]
    sent = submitted(opened["view"], values)
    await world.send(sent, sent)
    await world.quiet()
    assert [heard.text for heard in world.agent.heard] == ["enroll me in CS106A for Winter 2019"]
    told = world.slack.told("chat.postMessage" if way == "shortcut" else "chat.postEphemeral")
    assert len(told) == 1


async def test_the_home_tab_shows_the_schedule_of_who_is_linked(world: World) -> None:
    opened = {"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home"}
    await world.send(event(opened))
    await world.quiet()
    world.link()
    await world.send(event(opened))
    await world.quiet()
    stranger, student = world.slack.told("views.publish")
    assert "slack/link" in json.dumps(stranger)
    assert "CS106A" in json.dumps(student)
    assert "slack/link" not in json.dumps(student)
    drop = next(b["accessory"] for b in student["view"]["blocks"] if "accessory" in b)
    await world.send(click(drop, None, world.slack.address))
    await world.quiet()
    assert "CS106A" in world.agent.heard[-1].text
    assert world.slack.told("chat.postMessage")[-1]["channel"] == "U1"
    assert len(world.slack.told("views.publish")) == 3  # the tab shows what changed


async def test_notes_are_switched_on_the_home_tab(world: World) -> None:
    world.link()
    opened = {"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home"}
    await world.send(event(opened))
    await world.quiet()
    for action in ("notes:off", "notes:on"):
        (shown,) = world.slack.told("views.publish")[-1:]
        assert "timetable.ics" in json.dumps(shown)
        switch = next(
            {**element, "block_id": block.get("block_id", "b1")}
            for block in shown["view"]["blocks"]
            for element in block.get("elements", ())
            if element.get("action_id") == action
        )
        await world.send(click(switch, None, world.slack.address))
        await world.quiet()
    assert len(world.slack.told("views.publish")) == 3
    assert not world.agent.heard


async def test_a_late_result_finds_its_thread_and_a_note_its_reader(world: World) -> None:
    mention, _ = mentioned("run the day and night demo")
    await world.send(mention)
    await world.quiet()
    conversation = world.agent.heard[0].sender_id
    assert await world.ctx.into_slack(conversation, {"text": "It is day."})
    assert await world.ctx.into_slack(conversation, {"text": "It is night.", "id": "1"})
    assert await world.ctx.into_slack(conversation, {"text": "It is night.", "id": "1"})
    assert not await world.ctx.into_slack("somebody else's", {"text": "x"})
    await world.quiet()
    late = world.slack.told("chat.postMessage")[1:]
    assert [each["text"] for each in late] == ["It is day.", "It is night."]
    assert {each["thread_ts"] for each in late} == {mention["event"]["ts"]}
    send = world.ctx.senders["slack"]
    await send({"team": TEAM, "user": "U1"}, {"text": "A seat freed."})
    assert world.slack.told("chat.postMessage")[-1]["channel"] == "U1"
    with pytest.raises(Undeliverable):
        await send({"team": "T9999", "user": "U1"}, {"text": "A seat freed."})


async def test_what_fails_again_and_again_is_given_up_with_a_word(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.agent.failing = 100
    monkeypatch.setattr("bot.channels.slack.worker.MOST_TRIES", 2)
    await world.send(direct("enroll me"))
    await world.quiet()
    (told,) = world.slack.texts()
    assert "went wrong" in told
