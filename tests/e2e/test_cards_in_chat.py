"""Cards in the running bot: what their buttons say does what they promise, in any situation."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx
import pytest

from actions.texts import Texts
from bot.channels.slack.blocks import Prefilled, enroll_modal, modal_said

LIST = "which history courses are there in spring 2019?"


def cards(replies: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [card for reply in replies for card in reply.get("custom", {}).get("cards", [])]


def button(card: dict[str, Any], title: str) -> str:
    return next(a["say"] for a in card["actions"] if a["title"].startswith(title))


@pytest.fixture
def suid(quad) -> Any:
    student = quad.add_student(completed_all=True)
    yield student
    quad.leave_all(student)


def held(quad, suid: str) -> list[tuple[str, str, int]]:
    return [(e["code"], e["quarter"], e["year"]) for e in quad.enrollments(suid)]


def test_enroll_on_the_third_card_enrolls_in_that_course_and_term(quad, suid: str) -> None:
    sender = uuid4().hex
    third = cards(quad.say(LIST, suid, sender))[2]
    assert third["number"] == 3
    text = quad.text(button(third, "Enroll"), suid, sender)
    assert held(quad, suid) == [(third["code"], "Spring", 2019)], text


@pytest.mark.parametrize(
    "before",
    ["enroll me in CS106A", "drop a class", "what am I enrolled in?", "which are on mondays?"],
    ids=["asked for a quarter", "asked what to drop", "schedule", "narrowed"],
)
def test_an_old_card_means_the_same_whatever_came_between(quad, suid: str, before: str) -> None:
    sender = uuid4().hex
    fifth = cards(quad.say(LIST, suid, sender))[4]
    quad.say(before, suid, sender)
    text = quad.text(button(fifth, "Enroll"), suid, sender)
    assert (fifth["code"], "Spring", 2019) in held(quad, suid), text


def test_details_are_of_that_course_with_a_card_of_its_own(quad) -> None:
    sender = uuid4().hex
    for card in cards(quad.say(LIST, sender=sender)):
        replies = quad.say(button(card, "Details"), sender=sender)
        (alone,) = cards(replies)
        assert alone["code"] == card["code"]
        assert replies[0]["text"].startswith(replies[0]["custom"]["lead"])
        assert all(line in replies[0]["text"] for line in alone["lines"])


def test_the_schedule_is_cards_and_drop_leaves_that_class(quad, suid: str) -> None:
    sender = uuid4().hex
    for code in ("CS106A", "CS230"):
        quad.say(f"enroll me in {code} for Winter 2019", suid, sender)
    (reply, *_) = quad.say("what am I enrolled in?", suid, sender)
    shown = {card["code"]: card for card in reply["custom"]["cards"]}
    assert {card["kind"] for card in shown.values()} == {"enrollment"}
    assert "Winter 2019" in reply["custom"]["lead"]
    text = quad.text(button(shown["CS106A"], "Drop"), suid, sender)
    if "?" in text:  # whether dropping is confirmed first is the policy's to decide
        quad.say("yes", suid, sender)
    assert held(quad, suid) == [("CS230", "Winter", 2019)], text


def test_cards_link_to_the_official_page(quad) -> None:
    (card,) = cards(quad.say("what is MS&E 120?", sender=uuid4().hex))
    parts = urlsplit(card["link"])
    assert parts.path == "/explorecourses/search"
    assert parse_qs(parts.query) == {"q": [card["code"]]}


def test_one_message_holds_text_and_cards_and_the_history_keeps_them(quad, suid: str) -> None:
    sender = uuid4().hex
    first = next(r for r in quad.say(LIST, suid, sender) if "custom" in r)
    for card in first["custom"]["cards"]:
        assert f"{card['number']}. {card['code']} {card['title']}" in first["text"]
        assert all(line in first["text"] for line in card["lines"])
    with closing(sqlite3.connect(quad.conversations)) as store:
        rows = store.execute("select data from events where type_name = 'bot'").fetchall()
    kept = [json.loads(row[0])["data"].get("custom") for row in rows]
    assert first["custom"] in kept


def test_the_forms_sentence_enrolls_with_units_and_grading(quad, suid: str) -> None:
    form = enroll_modal("", Prefilled(terms=(("Winter", 2019), ("Spring", 2019))))
    typed: dict[str, Any] = {
        "code": {"value": {"type": "plain_text_input", "value": "cs 106 a"}},
        "term": {"value": {"selected_option": form["blocks"][1]["element"]["options"][0]}},
        "units": {"value": {"type": "number_input", "value": "4"}},
        "grading": {"value": {"selected_option": form["blocks"][3]["element"]["options"][1]}},
    }
    text = quad.text(modal_said({**form, "state": {"values": typed}}), suid, uuid4().hex)
    (record,) = quad.enrollments(suid)
    told = (record["code"], record["quarter"], record["year"], record["units"], record["grading"])
    assert told == ("CS106A", "Winter", 2019, 4, "credit"), text


# What the NLU must read in the sentences of cards, the Home tab and the form.
SAID = {
    "utter_part_card_enroll_say": "enroll",
    "utter_part_card_drop_say": "drop",
    "utter_slack_home_drop_say": "drop",
    "utter_part_card_details_say": "inform",
}


@pytest.mark.parametrize("response", SAID)
def test_what_a_card_says_is_understood_for_every_course(quad, response: str) -> None:
    with quad.units.read() as work:
        codes = [str(code) for course in work.catalogue.courses() for code in course.codes]
    texts, misread = Texts.read(), []
    with httpx.Client(base_url=quad.bot, timeout=30) as http:
        for number, code in enumerate(codes):
            quarter, year = ("Autumn", "Winter", "Spring", "Summer")[number % 4], 2019 + number % 3
            said = texts.render(response, 0, code=code, quarter=quarter, year=year)
            parse = http.post("/model/parse", json={"text": said}).json()
            read = {entity["entity"]: entity["value"] for entity in parse["entities"]}
            term = {"quarter": quarter, "year": str(year)} if quarter in said else {}
            if (parse["intent"]["name"], read) != (SAID[response], {"code": code, **term}):
                misread.append(said)
    assert len(codes) > 300
    assert misread == []
