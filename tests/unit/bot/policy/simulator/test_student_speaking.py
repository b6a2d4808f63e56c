"""Words of simulated students: true spans, many families, and none that the NLU was taught."""

from __future__ import annotations

import random
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.policy.simulator.goals.catalogue import Catalogue
from bot.policy.simulator.goals.draw import draw
from bot.policy.simulator.values import Utterance
from bot.policy.simulator.words.speaking import NothingToSay, Phrase, Speaker, the_phrases
from bot.policy.simulator.words.surfaces import ordinal, surface
from nlu.data.dialogue_files import read_dialogues
from nlu.data.generator import generate, templates
from nlu.data.items import Item, Span
from nlu.data.reading import read_folder
from nlu.data.validate import faults
from nlu.normalise import codes, terms, times

WISHES = {
    "enroll": ("enroll", "enroll_something"),
    "enroll two": ("enroll_two",),
    "enroll by preference": ("enroll_preference",),
    "enroll it": ("enroll_it",),
    "enroll from a list": ("enroll_ordinal", "enroll_on_day"),
    "drop": ("drop", "drop_something"),
    "swap": ("swap", "swap_something"),
    "move": ("move",),
    "ask": ("ask_units", "ask_instructor", "ask_time", "ask_place", "ask_prerequisites"),
    "find": ("find",),
    "schedule": ("schedule",),
}
PHRASES = [phrase for phrases in the_phrases().by_act.values() for phrase in phrases]
PLACE = re.compile(r"\{(=?)(\w+)(?:\|([^}]+))?\}")
WORDS = {"ordinal": "second", "number": "2"}
CODE = ("code", "CS106A")
VALUES = {
    "class": CODE, "second": CODE, "add": CODE, "drop": CODE, "quarter": "Winter", "year": "2019",
    "day": "Tuesday", "instructor": "Moreau", "topic": "robots", "subject": "history",
    "level": "graduate", "ordinal": "second", "number": "02",
}  # fmt: skip


def item(said: Utterance, family: str = "") -> Item:
    spans = tuple(
        Span(m.start, m.start + len(m.text), f"{m.slot}:{m.role}" if m.role else m.slot)
        for m in said.mentions
    )
    return Item(said.text, said.intent, spans, family, "simulator")


def outlines(phrase: Phrase) -> set[str]:
    """The forms of a phrase, with a code and with a title in the place of a class."""
    found = set()
    for kind in ("code", "title"):

        def label(match: re.Match[str], kind: str = kind) -> str:
            plain, name, _ = match.groups()
            named = {"class": kind, "second": kind, "add": f"{kind}:add", "drop": f"{kind}:drop"}
            return WORDS[name] if plain else f"<{named.get(name, name)}>"

        form = PLACE.sub(label, phrase.text).lower()
        found.add(" ".join(re.sub(r"[^\w<>:\s]", "", form).split()))
    return found


@pytest.fixture(scope="module")
def taught() -> set[str]:
    """Every form the NLU learns from or is measured by: hand-written, dialogues, templates."""
    items = [*read_folder(), *(i for dialogue in read_dialogues() for i in dialogue.items)]
    items += generate(8_000, seed=7)
    forms = {each.outline for each in items}
    for _, template in templates():
        named = re.sub(r"\{(\w+):(?:add|drop)\}", lambda m: m.group().replace("{", "<")[:-1] + ">",
                       template)  # fmt: skip
        plain = re.sub(r"\{(\w+)(?::\w+)?\}", r"<\1>", named).lower()
        forms.add(" ".join(re.sub(r"[^\w<>:\s]", "", plain).split()))
    return forms


def test_no_phrase_has_a_form_of_the_training_data(taught: set[str]) -> None:
    assert len(taught) > 5_000
    assert [phrase.text for phrase in PHRASES if outlines(phrase) & taught] == []


def test_nothing_that_students_say_has_a_form_of_the_training_data(
    taught: set[str], offerings: Catalogue
) -> None:
    said = [draw(seed, offerings).speak([]) for seed in range(300)]
    assert [u.text for u in said if u is not None and item(u).outline in taught] == []


def test_there_are_families_enough() -> None:
    by_act = the_phrases().by_act
    for wish, acts in WISHES.items():
        assert sum(len(by_act[act]) for act in acts) >= 12, wish
    answers = set(by_act) - {act for acts in WISHES.values() for act in acts}
    assert [act for act in answers if len(by_act[act]) < 6] == []
    assert [p.text for p, count in Counter(p.text for p in PHRASES).items() if count > 1] == []


@pytest.mark.parametrize("phrase", PHRASES, ids=[phrase.text for phrase in PHRASES])
def test_every_phrase_is_labelled_by_the_guide(phrase: Phrase) -> None:
    speaker = Speaker(random.Random(1))
    said = speaker.say(phrase.act, **{place: VALUES[place] for place in phrase.places})
    assert list(faults([item(said)])) == []
    assert all(said.text[m.start : m.start + len(m.text)] == m.text for m in said.mentions)


@given(st.integers(0, 10_000))
def test_a_student_repeats_itself_in_other_words(seed: int) -> None:
    speaker = Speaker(random.Random(seed))
    said = {speaker.say("retract").text for _ in range(6)}
    assert len(said) == 6


def test_what_no_phrase_says_is_an_error() -> None:
    with pytest.raises(NothingToSay):
        Speaker(random.Random(0)).say("retract", quarter="Winter")


@given(st.integers(0, 10_000))
def test_written_values_mean_what_they_should(seed: int) -> None:
    chance = random.Random(seed)
    assert codes.codes(surface("code", "MS&E121", chance)) == ("MS&E121",)
    assert codes.codes(surface("code", "CS106A", chance)) == ("CS106A",)
    for quarter in ("Autumn", "Winter", "Spring", "Summer"):
        read = terms.quarter(surface("quarter", quarter, chance))
        assert read is not None
        assert read.season == quarter
    year = terms.year(surface("year", "2019", chance))
    assert year is not None
    assert year.year == 2019
    assert times.days(surface("day", "Tuesday", chance)) == {"Tuesday"}
    assert ordinal(1, chance) in ("second", "2nd")
