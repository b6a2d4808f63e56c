"""The queue on both databases: nothing comes in twice, nobody gets what another one has."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from conversed import Tracker, numbered, turn

from bot.labelling.collecting import Collector
from bot.labelling.tracker import Conversations
from knowledge.errors import ConversationsUnreadable, NotGiven, UnknownUtterance
from knowledge.model.labelling import Act, Reading, State
from knowledge.storage import label_work
from knowledge.storage.label_work import LabelWork
from knowledge.storage.unit_of_work import UnitOfWork

BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
UNSURE = {"sure": 0.4, "act": "utter_unclear"}
WORDS = "one two three four five six seven eight nine ten eleven twelve".split()
HELP = Reading("help")


def tell(tracker: Tracker, *words: str) -> None:
    for word in words:
        line = f"{word} of them is the thing I need"
        tracker.tell(f"c-{word}", numbered([turn(line, "inform", **UNSURE)]))


def items(units: UnitOfWork) -> list:
    with units.read() as work:
        return LabelWork(work.session).items()


def following(units: UnitOfWork, who: str) -> int | None:
    return units.transact(lambda work: LabelWork(work.session).next_for(who))


def say(units: UnitOfWork, item: int, who: str, reading: Reading = HELP) -> State:
    return units.transact(lambda work: LabelWork(work.session).say(item, who, Act.LABEL, reading))


@BOTH
def test_collecting_again_changes_nothing(
    units: UnitOfWork, tracker: Tracker, collector: Collector
) -> None:
    tell(tracker, *WORDS)
    assert collector.collect().turns == len(WORDS)
    before = items(units)
    assert collector.collect().turns == 0
    other = Collector(units, Conversations(tracker.url), "the same store under another name")
    assert other.collect().turns == 0
    assert items(units) == before


@BOTH
def test_many_collect_at_once(units: UnitOfWork, tracker: Tracker, collector: Collector) -> None:
    tell(tracker, *WORDS)
    with ThreadPoolExecutor(4) as together:
        done = list(together.map(lambda _: collector.collect().turns, range(4)))
    assert sum(done) == len(WORDS)
    assert len(items(units)) == len(WORDS)


@BOTH
def test_nobody_gets_what_another_one_has(
    units: UnitOfWork, tracker: Tracker, collector: Collector
) -> None:
    tell(tracker, *WORDS)
    collector.collect()
    people = [f"p{number}" for number in range(8)]
    with ThreadPoolExecutor(8) as together:
        given = list(together.map(lambda who: following(units, who), people))
    wanted = {item.item_id: item.wanted for item in items(units)}
    assert None not in given
    assert all(given.count(number) <= wanted[number] for number in set(given))


@BOTH
def test_people_who_work_at_once_finish_the_queue(
    units: UnitOfWork, tracker: Tracker, collector: Collector
) -> None:
    tell(tracker, *WORDS)
    collector.collect()

    def work_through(who: str) -> int:
        done = 0
        while (number := following(units, who)) is not None:
            say(units, number, who)
            done += 1
        return done

    people = [f"p{number}" for number in range(4)]
    with ThreadPoolExecutor(4) as together:
        done = sum(together.map(work_through, people))
    found = items(units)
    done += sum(work_through(who) for who in people)  # what was another's when they looked
    found = items(units)
    assert {item.state for item in found} == {State.DONE}
    assert sum(item.wanted for item in found) == done == len(WORDS) * 5 // 4
    assert all(len(item.latest) == item.wanted for item in found)


@BOTH
def test_a_lease_ends(
    units: UnitOfWork, tracker: Tracker, collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(tracker, "one")
    collector.collect()
    monkeypatch.setattr(label_work, "LEASE", timedelta(seconds=-1))
    first = following(units, "rae")
    assert following(units, "sam") == first
    assert say(units, first or 0, "rae") is State.DONE
    assert say(units, first or 0, "sam", Reading("other")) is State.DISPUTED


@BOTH
def test_only_what_was_given_may_be_labelled(
    units: UnitOfWork, tracker: Tracker, collector: Collector
) -> None:
    tell(tracker, "one")
    collector.collect()
    (item,) = items(units)
    with pytest.raises(NotGiven):
        say(units, item.item_id, "rae")
    with pytest.raises(UnknownUtterance):
        say(units, item.item_id + 1, "rae")
    assert items(units)[0].given == ()


def test_near_duplicates_are_one(units: UnitOfWork, tracker: Tracker, collector: Collector) -> None:
    for number, code in enumerate(("CS106A", "CS229", "HISTORY 150C")):
        line = f"what do people say of [{code}](code)?"
        tracker.tell(f"c{number}", numbered([turn(line, "inform", **UNSURE)]))
    assert collector.collect().turns == 3
    (item,) = items(units)
    assert item.turns == 3


def test_the_least_certain_comes_first(
    units: UnitOfWork, tracker: Tracker, collector: Collector
) -> None:
    for number, sure in enumerate((0.6, 0.2, 0.4)):
        line = f"{WORDS[number]} unclear thing"
        tracker.tell(f"c{number}", numbered([turn(line, "inform", sure=sure)]))
    failed = turn("surely understood, yet wrong", "inform", act="utter_other")
    tracker.tell("c9", numbered([failed]))
    collector.collect()
    order = [following(units, f"p{n}") for n in range(4)]
    sureness = {item.item_id: item.confidence for item in items(units)}
    assert [sureness[number or 0] for number in order] == [0.2, 0.4, 0.6, 0.99]


def test_a_reason_that_comes_later_is_added(
    units: UnitOfWork, tracker: Tracker, collector: Collector
) -> None:
    first = turn("history classes in winter", "inform", sure=0.5)
    tracker.tell("c", numbered([first]))
    collector.collect()
    (_, *later) = numbered([first, turn("no, [spring](quarter)", "answer")])[4:]
    second = {**numbered([first, turn("no, [spring](quarter)", "answer")])[4]}
    tracker.tell("c", [second, *later])
    collector.collect()
    reasons = {item.text: item.reasons for item in items(units)}
    assert {"low-intent", "corrected"} <= set(reasons["history classes in winter"])


def test_an_erased_conversation_takes_its_words_along_and_leaves_others_theirs(
    units: UnitOfWork, tracker: Tracker, collector: Collector
) -> None:
    tell(tracker, "one", "two")
    same = numbered([turn("one of them is the thing I need", "inform", **UNSURE)])
    tracker.tell("another", same)
    collector.collect()
    shared = next(item for item in items(units) if item.turns == 2)
    assert following(units, "rae") is not None
    tracker.erase("c-one")
    done = collector.collect()
    assert (done.erased, done.turns) == (1, 1)  # and the other one's words came in anew
    texts = {item.text: item for item in items(units)}
    assert {text: item.turns for text, item in texts.items()} == {
        "one of them is the thing I need": 1,
        "two of them is the thing I need": 1,
    }
    assert texts[shared.text].item_id != shared.item_id
    tell(tracker, "one")  # the same conversation back, from a backup
    assert collector.collect().turns == 0


def test_words_of_others_stay_when_a_conversation_that_only_repeated_them_is_erased(
    units: UnitOfWork, tracker: Tracker, collector: Collector
) -> None:
    tell(tracker, "one")
    before = turn("something private", "inform")
    again = turn("one of them is the thing I need", "inform", **UNSURE)
    tracker.tell("another", numbered([before, again]))
    collector.collect()
    (item,) = items(units)
    tracker.erase("another")
    assert collector.collect().erased == 0
    assert [left.turns for left in items(units)] == [1]
    with units.read() as work:
        assert LabelWork(work.session).context(item.item_id) == ()


@pytest.mark.parametrize("content", [None, b"", b"no database at all, only words"])
def test_an_unreadable_store_erases_nothing(
    units: UnitOfWork, tracker: Tracker, collector: Collector, tmp_path: Path, content: bytes | None
) -> None:
    tell(tracker, "one")
    collector.collect()
    before = items(units)
    file = tmp_path / "other.db"
    if content is not None:
        file.write_bytes(content)
    other = Collector(units, Conversations(f"sqlite:///{file}"), tracker.url)
    with pytest.raises(ConversationsUnreadable):
        other.collect()
    assert items(units) == before
    assert file.exists() == (content is not None)


@pytest.fixture
def tracker(tmp_path: Path) -> Tracker:
    return Tracker(tmp_path / "var" / "conversations.db")


@pytest.fixture
def collector(units: UnitOfWork, tracker: Tracker) -> Collector:
    return Collector(units, Conversations(tracker.url), tracker.url)
