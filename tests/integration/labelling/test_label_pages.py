"""The labelling page over HTTP: who may, what is shown, what is kept, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from conversed import Tracker, numbered, turn
from labellers import Person

from bot.labelling.collecting import Collector
from knowledge.model.labelling import Reading, State
from knowledge.model.students import Role
from knowledge.storage.label_work import LabelWork
from knowledge.storage.unit_of_work import UnitOfWork

People = Callable[..., Person]
UNSURE = {"sure": 0.4, "unsure": True, "act": "utter_unclear"}


def items(units: UnitOfWork) -> list:
    with units.read() as work:
        return LabelWork(work.session).items()


def tell(tracker: Tracker, *lines: str, intent: str = "inform", **facts: object) -> None:
    """One conversation a line, none of them understood."""
    for number, line in enumerate(lines):
        tracker.tell(f"c{number} {line}", numbered([turn(line, intent, **{**UNSURE, **facts})]))


@pytest.mark.parametrize("role", [Role.STUDENT, Role.ANONYMOUS, Role.SERVICE])
def test_others_are_turned_away(person: People, role: Role) -> None:
    stranger = person("05551234", role)
    assert stranger.signed == 401
    assert stranger.get().status == 401


def test_nothing_to_label_without_conversations(person: People) -> None:
    assert "nothing more for you to label" in person("rae").get().text


def test_a_turn_is_shown_masked_with_what_was_said_before(person: People, tracker: Tracker) -> None:
    events = numbered(
        [
            turn("I am Ada, my number is [05551234](suid)", "greet", suid="05990003"),
            turn("put [05990003](suid) in [106A](code)", "inform", **UNSURE),
        ]
    )
    tracker.tell("c", events)
    page = person("rae").get()
    assert "05551234" not in page.text
    assert "05990003" not in page.text
    assert "my number is [number]" in page.text
    assert page.words[:2] == ["put", page.words[1]]
    assert page.words[1].startswith("0500")
    assert page.spans == [[1, 1, "suid"], [3, 3, "code"]]
    assert page.intent == "inform"


def test_a_correction_is_kept_beside_the_model_s_reading(
    person: People, tracker: Tracker, units: UnitOfWork
) -> None:
    tell(tracker, "get me [106A](topic) in spring")
    rae = person("rae")
    following = rae.send(rae.get(), intent="enroll", spans=[[2, 2, "code"], [4, 4, "quarter"]])
    assert following.item is None
    (item,) = items(units)
    assert item.state is State.DONE
    assert item.result == Reading("enroll", ((7, 11, "code"), (15, 21, "quarter")))
    assert item.prelabel == Reading("inform", ((7, 11, "topic"),))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"intent": "buy"}, "unknown intent buy"),
        ({"spans": [[0, 0, "price"]]}, "unknown label price"),
        ({"spans": [[2, 2, "code:drop"]], "intent": "enroll"}, "a role outside swap"),
        ({"spans": [[2, 2, "code"]], "intent": "swap"}, "a class without a role in a swap"),
        ({"spans": [[0, 0, "topic"]], "intent": "other"}, "topic or title where there is none"),
        ({"spans": [[0, 1, "topic"], [1, 2, "code"]]}, "over one another"),
        ({"spans": [[4, 9, "topic"]]}, "outside the text"),
        ({"spans": [[-1, 0, "topic"]]}, "outside the text"),
        ({"spans": "[[0, 1]]"}, "unreadable"),
        ({"spans": "{"}, "unreadable"),
        ({"spans": '[[true, 1, "code"]]'}, "unreadable"),
        ({"spans": "[" * 5000}, "unreadable"),
    ],
)
def test_what_the_guide_forbids_is_not_kept(
    person: People, tracker: Tracker, units: UnitOfWork, changed: dict, told: str
) -> None:
    tell(tracker, "get me [106A](topic) in spring")
    rae = person("rae")
    page = rae.get()
    refused = rae.send(page, **changed)
    assert refused.status == 422
    assert told in refused.text
    assert refused.item == page.item
    assert items(units)[0].given == ()
    assert rae.send(refused, intent="inform", spans=[]).status == 200
    assert items(units)[0].state is State.DONE


def test_a_form_acts_once(person: People, tracker: Tracker, units: UnitOfWork) -> None:
    tell(tracker, "get me that")
    rae = person("rae")
    page = rae.get()
    with ThreadPoolExecutor(4) as together:
        answers = [answer.status for answer in together.map(lambda _: rae.send(page), range(4))]
    assert answers == [200] * 4
    assert len(items(units)[0].given) == 1
    assert rae.send(page, intent="help").status == 409


def test_a_form_of_another_session_is_refused(person: People, tracker: Tracker) -> None:
    tell(tracker, "get me that")
    page = person("rae").get()
    assert person("sam").send(page).status == 403


def test_a_label_is_corrected_and_its_history_stays(
    person: People, tracker: Tracker, units: UnitOfWork
) -> None:
    tell(tracker, "get me that")
    rae = person("rae")
    rae.send(rae.get())
    again = rae.get(f"/label/items/{items(units)[0].item_id}")
    rae.send(again, intent="help")
    (item,) = items(units)
    assert [given.reading.intent for given in item.given] == ["inform", "help"]
    assert item.result == Reading("help")


def test_what_was_skipped_goes_to_others(person: People, tracker: Tracker) -> None:
    tell(tracker, "get me that")
    rae, sam = person("rae"), person("sam")
    page = rae.get()
    assert sam.get().item is None
    assert rae.send(page, act="skip").item is None
    assert sam.get().item == page.item


def test_the_same_item_until_it_is_labelled(person: People, tracker: Tracker) -> None:
    tell(tracker, "get me that", "what about robots then")
    rae = person("rae")
    first = rae.get().item
    assert rae.get().item == first
    assert person("sam").get().item not in (first, None)


def test_an_item_of_somebody_else_is_not_shown(
    person: People, tracker: Tracker, units: UnitOfWork
) -> None:
    tell(tracker, "get me that")
    page = person("rae").get()
    sam = person("sam")
    assert sam.get(f"/label/items/{page.item}").status == 403
    assert sam.get("/label/items/999").status == 404
    assert sam.get("/label/items/none").status == 404


def _double(people: tuple[Person, ...], tracker: Tracker, collector: Collector) -> None:
    """Four items; every fourth is for two people."""
    tell(tracker, *(f"{word} is what I want" for word in ("this", "that", "one", "none")))
    collector.collect()
    for each in people:
        while (page := each.get()).item is not None:
            each.send(page, intent="help" if each is people[0] else "inform")


def test_two_people_who_differ_are_adjudicated(
    person: People, tracker: Tracker, collector: Collector, units: UnitOfWork
) -> None:
    rae, sam, ada = person("rae"), person("sam"), person("ada", Role.ADMIN)
    _double((rae, sam), tracker, collector)
    assert sorted(item.state for item in items(units)) == [
        State.DISPUTED,
        State.DONE,
        State.DONE,
        State.DONE,
    ]
    assert rae.get("/label/adjudicate").status == 403
    page = ada.get("/label/adjudicate")
    assert "Label 1: help" in page.text
    assert "Label 2: inform" in page.text
    assert "rae" not in page.text
    assert "sam" not in page.text
    assert "Nobody differs" in ada.send(page, intent="answer").text
    settled = next(item for item in items(units) if item.state is State.SETTLED)
    assert settled.result == Reading("answer")
    report = rae.get("/label/report").text
    assert "rae and sam" in report


def test_rights_of_an_erased_conversation(
    person: People, tracker: Tracker, units: UnitOfWork, collector: Collector
) -> None:
    tell(tracker, "get me that")
    rae = person("rae")
    page = rae.get()
    tracker.erase("c0 get me that")
    tracker.tell("other", numbered([turn("hello there you", "greet")]))
    assert collector.collect().erased == 1
    assert items(units) == []
    assert rae.send(page).status == 404
    tell(tracker, "get me that")
    assert collector.collect().turns == 0
