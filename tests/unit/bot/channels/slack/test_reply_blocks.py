"""Any reply becomes Slack messages within Slack's limits, with nothing of it lost."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from slack_limits import check

from bot.channels.slack.blocks import (
    SAY,
    SlackMessage,
    message,
    messages,
    said,
    settled,
    uploads,
)
from bot.channels.slack.blocks.wording import pieces, shorten, unescape

ANY = st.text(max_size=300)
LONG = st.builds(lambda part, times: part * times, st.text(min_size=1, max_size=120),
                 st.integers(1, 150))  # fmt: skip
TEXTS = ANY | LONG
BUTTON = st.fixed_dictionaries({"title": ANY, "payload": ANY | st.none()})
BUTTONS = st.lists(BUTTON, max_size=30)
ACTION = st.fixed_dictionaries({"title": ANY, "say": ANY})
CARD = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["course", "enrollment"]),
        "code": ANY,
        "title": TEXTS,
        "units": ANY,
        "lines": st.lists(TEXTS, max_size=14),
        "link": st.none() | ANY | st.just("https://quad.example/explorecourses/search?q=CS106A"),
        "actions": st.lists(ACTION, max_size=8),
    },
    optional={"number": st.none() | st.integers(1, 500)},
)
CUSTOM = st.fixed_dictionaries({"lead": TEXTS, "cards": st.lists(CARD, max_size=12)})
REPLY = st.fixed_dictionaries(
    {},
    optional={
        "text": st.none() | TEXTS,
        "buttons": st.none() | BUTTONS,
        "image": st.none() | ANY | st.just("https://quad.example/plan.png"),
        "attachment": st.none()
        | st.fixed_dictionaries(
            {"type": st.just("file"), "payload": st.fixed_dictionaries({"src": ANY, "title": ANY})}
        ),
        "custom": st.none() | CUSTOM | st.dictionaries(ANY, ANY, max_size=2),
        "progress": st.none() | st.floats(),
        "id": ANY,
    },
)


def checked(sent: SlackMessage) -> SlackMessage:
    check("chat.postMessage", {"channel": "D1", **sent.arguments()})
    return sent


def bare(text: str) -> str:
    """A text without the white space that a cut may take, as UTF-8 and Slack carry it."""
    return re.sub(r"[\s\x00]+", "", unescape(text.encode("utf-8", "replace").decode()))


def shown(blocks: list[dict[str, Any]]) -> str:
    """All that is to be read in blocks."""
    found: list[str] = []

    def walk(part: Any) -> None:
        if isinstance(part, dict):
            if part.get("type") in {"mrkdwn", "plain_text"}:
                read = part["text"]
                found.append(unescape(read) if part["type"] == "mrkdwn" else read)
            for inner in part.values():
                walk(inner)
        elif isinstance(part, list):
            for inner in part:
                walk(inner)

    walk(blocks)
    return "".join(found)


def clicks(sent: list[SlackMessage]) -> list[str]:
    """What every button and every line of a menu says, as Slack sends it back."""
    told = []
    for block in (block for each in sent for block in each.blocks):
        for element in block.get("elements", ()):
            if element["type"] == "static_select":
                actions = [{**element, "selected_option": o} for o in element["options"]]
            else:
                actions = [element]
            told += [words for action in actions if (words := said(action)) is not None]
    return told


@given(REPLY)
@settings(max_examples=100, deadline=None)
def test_any_reply_keeps_slacks_limits(reply: dict[str, Any]) -> None:
    sent = messages(reply)
    assert sent
    for each in sent:
        checked(each)
    alone = checked(message(reply))
    assert alone.blocks[: len(sent[0].blocks)] == sent[0].blocks


@given(TEXTS)
@settings(max_examples=50, deadline=None)
def test_no_letter_of_a_text_is_lost(text: str) -> None:
    sent = messages({"text": text})
    assert bare("".join(shown(each.blocks) for each in sent)) == bare(text)


def test_a_hundred_thousand_letters_arrive() -> None:
    text = "\n\n".join(f"Paragraph {n} & <its> words. " * 12 for n in range(250))
    assert len(text) > 80_000
    sent = [checked(each) for each in messages({"text": text})]
    assert bare("".join(shown(each.blocks) for each in sent)) == bare(text)
    ends = [block["text"]["text"] for each in sent for block in each.blocks]
    assert all(end.endswith(".") for end in ends)  # cut where a paragraph ends


@given(st.lists(BUTTON, max_size=40))
@settings(max_examples=60, deadline=None)
def test_every_button_still_says_what_it_says(buttons: list[dict[str, Any]]) -> None:
    wanted = {bare(b["payload"] or "") or bare(b["title"]) for b in buttons} - {""}
    sent = messages({"text": "Choose.", "buttons": buttons})
    assert {bare(words) for words in clicks(sent)} == wanted


def test_thousands_of_buttons_are_menus() -> None:
    buttons = [{"title": f"Class {n}", "payload": f"the class {n}"} for n in range(3000)]
    sent = [checked(each) for each in messages({"text": "Choose.", "buttons": buttons})]
    assert clicks(sent) == [button["payload"] for button in buttons]


@given(CUSTOM.filter(lambda custom: custom["cards"]))
@settings(max_examples=50, deadline=None)
def test_every_action_of_every_card_can_be_clicked(custom: dict[str, Any]) -> None:
    told = {bare(words) for words in clicks(messages({"text": "x", "custom": custom}))}
    for action in (a for card in custom["cards"] for a in card["actions"]):
        wanted = bare(action["say"]) or bare(action["title"])
        assert not wanted or wanted in told


@given(CUSTOM.filter(lambda custom: custom["cards"]))
@settings(max_examples=50, deadline=None)
def test_cards_tell_all_their_lines_below_the_lead(custom: dict[str, Any]) -> None:
    text = bare("".join(shown(m.blocks) for m in messages({"text": "x", "custom": custom})))
    assert bare(custom["lead"]) in text
    for card in custom["cards"]:
        for words in (card["code"], card["title"], card["units"], *card["lines"]):
            assert bare(words) in text


@given(st.sampled_from(["<!channel>", "<!here>", "<@U012AB3CD>", "<#C1|general>", "@here",
                        "<https://evil.example|CS106A>", "<!subteam^S1>"]), ANY)  # fmt: skip
def test_nothing_written_pings_or_links(bait: str, around: str) -> None:
    card = {"code": bait, "title": bait + around, "units": bait, "lines": [bait, around],
            "link": bait, "actions": [{"title": bait, "say": bait}]}  # fmt: skip
    reply = {"text": around + bait, "custom": {"lead": bait, "cards": [card]},
             "buttons": [{"title": bait, "payload": bait}]}  # fmt: skip
    for each in [*messages(reply), settled({"blocks": []}, bait)]:
        assert not {"<", ">"} & set(each.text)
        arguments = each.arguments()
        assert (arguments["parse"], arguments["link_names"]) == ("none", False)
        for block in each.blocks:
            assert "url" not in str(block)
            for part in _marked(block):
                assert part["verbatim"] is True
                assert not {"<", ">"} & set(part["text"])


def _marked(part: Any) -> list[dict[str, Any]]:
    if isinstance(part, list):
        return [found for inner in part for found in _marked(inner)]
    if not isinstance(part, dict):
        return []
    own = [part] if part.get("type") == "mrkdwn" else []
    return own + [found for inner in part.values() for found in _marked(inner)]


def test_what_a_door_must_upload_and_what_slack_fetches() -> None:
    picture = {"image": "https://quad.example/plan.png"}
    assert uploads(picture) == []
    assert messages(picture)[0].blocks[0]["image_url"] == picture["image"]
    (left,) = uploads(picture, hosted=False)
    assert left.address == picture["image"]
    assert messages(picture, hosted=False)[0].blocks == []
    file = {"type": "file", "payload": {"src": "http://127.0.0.1:8100/plan.ics", "title": "Plan"}}
    (left,) = uploads({"attachment": file})
    assert (left.address, left.title) == ("http://127.0.0.1:8100/plan.ics", "Plan")
    file["payload"]["src"] = "https://quad.example/plan.ics"
    (row,) = messages({"attachment": file})[0].blocks
    assert row["elements"][0]["url"] == "https://quad.example/plan.ics"
    assert not str(row["elements"][0]["action_id"]).startswith(SAY)


def test_a_choice_among_sections_is_a_menu_with_descriptions() -> None:
    labels = ["Section 01, Mon Wed 13:30-14:50, Ann Lee", "Section 02, Tue 9:00-10:20, Bo (full)"]
    reply = {"text": "Which?", "buttons": [{"title": b, "payload": b} for b in labels]}
    _, row = messages(reply)[0].blocks
    (menu,) = row["elements"]
    assert menu["type"] == "static_select"
    assert [o["text"]["text"] for o in menu["options"]] == ["Section 01", "Section 02"]
    assert menu["options"][1]["description"]["text"] == "Tue 9:00-10:20, Bo (full)"
    assert [o["value"] for o in menu["options"]] == labels


def test_five_short_ones_are_buttons_and_six_a_menu() -> None:
    def kinds(count: int) -> list[str]:
        buttons = [{"title": str(n), "payload": str(n)} for n in range(count)]
        return [
            e["type"] for e in messages({"text": "?", "buttons": buttons})[0].blocks[1]["elements"]
        ]

    assert kinds(5) == ["button"] * 5
    assert kinds(6) == ["static_select"]


def test_a_bar_shows_how_far_a_skill_is() -> None:
    _, bar = messages({"text": "Working", "progress": 0.42})[0].blocks
    assert bar["elements"][0]["text"] == "▰▰▰▰▱▱▱▱▱▱ 42%"


@given(TEXTS, st.integers(2, 300))
def test_shortened_texts_fit_and_begin_as_they_began(text: str, most: int) -> None:
    short = shorten(text, most)
    assert len(short.encode("utf-16-le", "surrogatepass")) // 2 <= most
    assert text.startswith(short.removesuffix("…").rstrip())


@given(TEXTS, st.integers(10, 400))
def test_pieces_are_cut_at_white_space_where_there_is_any(text: str, most: int) -> None:
    for part in pieces(text, most):
        assert part == part.strip() != ""
