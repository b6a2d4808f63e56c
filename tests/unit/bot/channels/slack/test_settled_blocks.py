"""A message after a click: what was chosen stands where the buttons were."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from slack_limits import check

from bot.channels.slack.blocks import SAY, messages, said, settled


def as_slack_returns(reply: dict[str, Any]) -> dict[str, Any]:
    """The posted message as it stands in the payload of a click."""
    (sent,) = messages(reply)
    blocks = []
    for index, block in enumerate(sent.blocks):
        extra = {"image_width": 640, "image_bytes": 9} if block["type"] == "image" else {}
        blocks.append({**block, "block_id": f"b{index}", **extra})
    return {"type": "message", "ts": "1.2", "text": sent.text, "blocks": blocks}


def click(message: dict[str, Any], block: int, element: int = 0) -> dict[str, Any]:
    """The action of a payload: the element as it is, with the block it stands in."""
    found = message["blocks"][block]
    return {**found["elements"][element], "block_id": found["block_id"], "action_ts": "3.4"}


def asks(blocks: list[dict[str, Any]]) -> int:
    return sum(
        str(e.get("action_id", "")).startswith(SAY) for b in blocks for e in b.get("elements", ())
    )


QUESTION = {
    "text": "Shall I?",
    "image": "https://quad.example/a.png",
    "buttons": [{"title": title, "payload": title} for title in ("yes", "no")],
}


def test_buttons_give_way_to_what_was_chosen() -> None:
    message = as_slack_returns(QUESTION)
    action = click(message, 2)
    assert said(action) == "yes"
    after = settled(message, action)
    check("chat.update", {"channel": "D1", "ts": "1.2", **after.arguments()})
    assert asks(after.blocks) == 0
    assert after.blocks[0]["text"]["text"] == "Shall I?"
    assert after.blocks[-1]["elements"][0]["text"] == "You chose: yes"
    assert after.text == "Shall I?"


def test_a_menu_gives_way_to_the_line_that_was_chosen() -> None:
    buttons = [{"title": f"Section 0{n}, Monday", "payload": f"s{n}"} for n in (1, 2)]
    message = as_slack_returns({"text": "Which?", "buttons": buttons})
    menu = message["blocks"][1]["elements"][0]
    action = {**menu, "block_id": "b1", "selected_option": menu["options"][1]}
    after = settled(message, action)
    assert said(action) == "s2"
    assert after.blocks[-1]["elements"][0]["text"] == "You chose: Section 02"


def _carded() -> dict[str, Any]:
    card = {"kind": "course", "title": "T", "units": "1 unit", "lines": []}
    cards = [
        {**card, "code": code, "actions": [{"title": "Enroll", "say": f"enroll me in {code}"}]}
        for code in ("CS1", "CS2")
    ]
    return as_slack_returns({"text": "Two.", "custom": {"lead": "Two.", "cards": cards}})


def test_a_click_on_one_card_leaves_the_others() -> None:
    message = _carded()
    rows = [i for i, block in enumerate(message["blocks"]) if block["type"] == "actions"]
    after = settled(message, click(message, rows[1]))
    left = [e["value"] for b in after.blocks if b["type"] == "actions" for e in b["elements"]]
    assert left == ["enroll me in CS1"]
    assert after.blocks[rows[1]]["elements"][0]["text"] == "You chose: Enroll"
    assert asks(settled(message, "Enroll").blocks) == 0  # by words alone, all of them


def test_a_message_that_slack_does_not_send_back_is_only_the_choice() -> None:
    after = settled({}, {"action_id": "say:0", "value": "yes", "text": {"text": "Yes"}})
    check("response_url", after.arguments())
    assert after.text == "You chose: Yes"


@given(st.text(max_size=4000))
def test_any_choice_settles_within_limits(chosen: str) -> None:
    after = settled(as_slack_returns(QUESTION), chosen)
    check("chat.update", {"channel": "D1", "ts": "1.2", **after.arguments()})
