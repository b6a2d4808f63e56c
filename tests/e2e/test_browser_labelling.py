"""The labelling page in a real browser: by keyboard alone, with the mouse, and for everybody."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from admin_browser import look
from conversed import Tracker, numbered, turn
from playwright.sync_api import Browser, Page, expect

from bot.identity import Gate
from bot.site import create_app
from knowledge.model.labelling import LabelItem, Reading, State
from knowledge.model.students import Principal, Role
from knowledge.settings import Settings
from knowledge.storage import moments
from knowledge.storage.label_work import LabelWork
from knowledge.storage.orm import LabelGrantRow
from knowledge.storage.unit_of_work import UnitOfWork

SECRET = "a secret for the tests alone, longer than thirty-two bytes"
UNSURE = {"unsure": True, "act": "utter_unclear"}
TITLE = "stick me into [programming](topic) methodology for spring, I am [05551234](suid)"


@pytest.fixture
def site(units: UnitOfWork, tmp_path: Path, serve: Callable[[Any], str]) -> str:
    """Two conversations that went wrong, the less certain one first."""
    var = tmp_path / "var"
    settings = Settings.from_env(
        {"QUAD_VAR": str(var), "QUAD_TODAY": "2018-11-15", "QUAD_SECRET": SECRET}
    )
    tracker = Tracker(var / "conversations.db")
    first = [turn("hello there", "greet", "utter_greet"), turn(TITLE, "inform", sure=0.2, **UNSURE)]
    tracker.tell("c1", numbered(first))
    swap = "give me 229 rather than [106A](topic)"
    tracker.tell("c2", numbered([turn(swap, "enroll", sure=0.4, **UNSURE)]))
    return serve(create_app(settings, units))


@pytest.fixture
def sign_in(browser: Browser, site: str) -> Iterator[Callable[[str, Role], Page]]:
    """Opens the page as somebody; no page may raise or break its own policy."""
    errors: list[str] = []
    contexts = []

    def enter(name: str, role: Role = Role.RATER) -> Page:
        contexts.append(browser.new_context(base_url=site))
        page = contexts[-1].new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if "Policy" in said.text else None)
        page.goto("/label/")
        page.get_by_label("Rater's token").fill(Gate(SECRET).issue(Principal(name, role)))
        page.keyboard.press("Enter")
        return page

    yield enter
    assert errors == []
    for context in contexts:
        context.close()


def _items(units: UnitOfWork) -> dict[str, LabelItem]:
    with units.read() as work:
        return {item.prelabel.intent: item for item in LabelWork(work.session).items()}


def _spans(item: LabelItem, reading: Reading | None) -> list[tuple[str, str]]:
    assert reading is not None
    return [(item.text[start:end], label) for start, end, label in reading.spans]


def _listens(page: Page) -> None:
    """Wait until its script has started: what was pressed before is lost, whatever is shown."""
    expect(page.get_by_role("listbox")).to_be_focused()


def _press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_by_keyboard_alone(sign_in: Callable[..., Page], units: UnitOfWork) -> None:
    page = sign_in("rae")
    expect(page.get_by_role("heading", name="What was meant?")).to_be_visible()
    _listens(page)
    expect(page.get_by_text("hello there")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text("05551234")
    look(page, "label_item")

    right = ["ArrowRight"]
    _press(page, *right * 3, "Shift+ArrowRight", "t")  # "programming methodology" is a title
    expect(page.get_by_role("option", name="methodology, title")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("programming methodology: title")
    _press(page, *right * 2, "q")
    _press(page, "Home", "a", "u", "u")  # a slip, taken back; and "spring" lost its label too
    _press(page, "Home", *right * 6, "q")
    _press(page, "1")
    expect(page.get_by_role("radio", name="enroll", exact=True)).to_be_checked()
    look(page, "label_edited")
    page.get_by_role("listbox").focus()
    _press(page, "Enter")
    expect(page.get_by_text("1 labelled by you")).to_be_visible()
    _listens(page)

    item = _items(units)["inform"]
    assert item.state is State.DONE
    assert item.result is not None
    assert item.result.intent == "enroll"
    spans = _spans(item, item.result)
    assert spans[:2] == [("programming methodology", "title"), ("spring", "quarter")]
    assert spans[2][1] == "suid"
    assert re.fullmatch(r"0500\d{4}", spans[2][0])

    _press(page, "?")
    expect(page.get_by_role("heading", name="Rules")).to_be_visible()
    look(page, "label_help")
    _press(page, "u")  # nothing to undo here: back to the item before
    expect(page.get_by_role("button", name="Correct it")).to_be_visible()
    expect(page.get_by_role("option", name="methodology, title")).to_be_visible()
    _press(page, "4", "Enter")
    expect(page.get_by_role("button", name="Confirm")).to_be_visible()
    corrected = _items(units)["inform"]
    assert [given.reading.intent for given in corrected.given] == ["enroll", "inform"]


def test_with_the_mouse(sign_in: Callable[..., Page], units: UnitOfWork) -> None:
    page = sign_in("rae")
    page.get_by_role("button", name="Skip").click()
    expect(page.get_by_role("option", name="229")).to_be_visible()
    page.get_by_role("radio", name="swap", exact=True).check()
    page.get_by_role("option", name="229").click()
    page.get_by_role("button", name="code", exact=True).click()
    page.get_by_role("button", name="wanted").click()
    expect(page.get_by_role("option", name="229, code:add")).to_be_visible()
    page.get_by_role("button", name="Confirm").click()  # 106A is still a topic, which is allowed
    expect(page.get_by_text("nothing more for you to label")).to_be_visible()
    look(page, "label_none")
    page.get_by_role("link", name="Back to the item before").click()

    first = page.get_by_role("option", name=re.compile("^than")).bounding_box()
    last = page.get_by_role("option", name=re.compile("^106A")).bounding_box()
    assert first is not None
    assert last is not None
    page.mouse.move(first["x"] + 4, first["y"] + first["height"] / 2)
    page.mouse.down()
    page.mouse.move(last["x"] + 6, last["y"] + last["height"] / 2, steps=4)
    page.mouse.up()
    expect(page.locator("[role=option][aria-selected=true]")).to_have_count(2)
    page.get_by_role("button", name="no label").click()
    page.get_by_role("option", name="106A").click()
    page.get_by_role("button", name="code", exact=True).click()
    page.get_by_role("button", name="Correct it").click()
    expect(page.get_by_role("alert")).to_contain_text("a class without a role in a swap")
    expect(page.get_by_role("option", name="106A, code")).to_be_visible()
    look(page, "label_refused")
    page.get_by_role("option", name="106A, code").click()
    page.get_by_role("button", name="given up").click()
    page.get_by_role("button", name="Correct it").click()
    expect(page.get_by_text("nothing more for you to label")).to_be_visible()
    item = _items(units)["enroll"]
    assert _spans(item, item.result) == [("229", "code:add"), ("106A", "code:drop")]


def test_a_dispute_is_decided_and_reported(sign_in: Callable[..., Page], units: UnitOfWork) -> None:
    rae = sign_in("rae")
    _listens(rae)
    number = _items(units)["inform"].item_id
    with units.write() as work:  # somebody whose lease had ended labels it as well
        ended = moments.now()
        work.session.add(LabelGrantRow(item_id=number, annotator="sam", until=ended))
    _press(rae, "1", "Enter")
    expect(rae.get_by_text("1 labelled by you")).to_be_visible()
    sam = sign_in("sam")
    expect(sam.get_by_text("labelled by you")).to_be_visible()
    sam.goto(f"/label/items/{number}")
    _listens(sam)
    _press(sam, "2", "Enter")
    expect(sam.get_by_text("1 labelled by you")).to_be_visible()

    ada = sign_in("ada", Role.ADMIN)
    ada.get_by_role("link", name="Adjudicate", exact=True).click()
    expect(ada.get_by_role("heading", name="Label 1: enroll")).to_be_visible()
    look(ada, "label_adjudicate")
    ada.get_by_role("button", name="Take label 2").click()
    expect(ada.get_by_text("Nobody differs")).to_be_visible()
    item = _items(units)["inform"]
    assert (item.state, item.result and item.result.intent) == (State.SETTLED, "drop")
    ada.get_by_role("link", name="Report").click()
    expect(ada.get_by_role("row", name=re.compile("rae and sam"))).to_be_visible()
    look(ada, "label_report")
