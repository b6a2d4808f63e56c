"""Finding by meaning, measured on questions that no entry's author wrote (dev.yml)."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.lectures.finder import THRESHOLD, Found, LectureFinder, read_entries

VAR = Path(__file__).parents[4] / "var"
_DEV = yaml.safe_load(Path(__file__).with_name("dev.yml").read_text())


@pytest.fixture(scope="module")
def finder() -> LectureFinder:
    return LectureFinder.open(VAR)


@pytest.fixture(scope="module")
def answered(finder: LectureFinder) -> list[tuple[dict[str, Any], Found]]:
    return [(asked, finder.best(asked["ask"])) for asked in _DEV["answerable"]]


def test_the_dev_set_names_entries_that_exist() -> None:
    known = {entry.id for entry in read_entries()}
    assert {name for asked in _DEV["answerable"] for name in asked["ids"]} <= known
    assert len(_DEV["answerable"]) >= 40
    assert len(_DEV["unanswerable"]) >= 20


def test_the_nearest_entry_is_mostly_the_right_one(answered) -> None:
    right = [found.entry.id in asked["ids"] for asked, found in answered]
    assert sum(right) / len(right) >= 0.72


def test_an_answer_that_is_given_is_mostly_right(answered) -> None:
    given = [(asked, found) for asked, found in answered if found.score >= THRESHOLD]
    right = [found.entry.id in asked["ids"] for asked, found in given]
    assert sum(right) / len(given) >= 0.8
    assert sum(right) / len(answered) >= 0.65


async def test_what_the_lectures_do_not_say_is_not_answered(finder: LectureFinder) -> None:
    answers = [await finder.find(question) for question in _DEV["unanswerable"]]
    assert sum(answer is not None for answer in answers) / len(answers) <= 0.12


@pytest.mark.parametrize(
    "asked",
    [
        "what was the exact date of the CS230 midterm room change?",
        "which building was the midterm in",
        "how is CS229 graded",
    ],
)
async def test_another_course_or_a_room_is_not_answered_by_what_comes_near(
    finder: LectureFinder, asked: str
) -> None:
    assert await finder.find(asked) is None


async def test_what_names_the_other_course_is_found(finder: LectureFinder) -> None:
    found = await finder.find("cs229a versus cs230")
    assert found is not None
    assert found.entry.id == "which-ml-class"


@pytest.mark.parametrize(
    "typed",
    [
        "What is a triplet loss?",
        "what is a TRIPLET loss",
        "whats a triplet loss???",
        "triplet loss",
    ],
)
async def test_case_and_punctuation_do_not_matter(finder: LectureFinder, typed: str) -> None:
    found = await finder.find(typed)
    assert found is not None
    assert found.entry.id == "triplet-loss"
    assert found.lecture == 2
    assert "margin" in found.answer.lower()


async def test_every_entry_answers_its_own_question(finder: LectureFinder) -> None:
    for entry in read_entries()[::5]:
        found = await finder.find(entry.question)
        assert found is not None, entry.id
        assert found.entry.id == entry.id
        assert found.score == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize("typed", ["", "   ", "🙂🙂", "?!", "的" * 400, "x" * 5000])
async def test_empty_and_odd_texts_have_no_answer(finder: LectureFinder, typed: str) -> None:
    assert await finder.find(typed) is None


async def test_questions_can_be_asked_side_by_side(finder: LectureFinder) -> None:
    asked = ["What is a GAN?", "What is experience replay?", "how do I renew my passport"] * 4
    found = await asyncio.gather(*(finder.find(question) for question in asked))
    names = [answer.entry.id if answer else None for answer in found]
    assert names == ["gan", "experience-replay", None] * 4


def test_scores_are_at_most_one_and_repeatable(finder: LectureFinder) -> None:
    for asked in _DEV["answerable"][:10]:
        first, again = finder.best(asked["ask"]), finder.best(asked["ask"])
        assert first == again
        assert -1.0 <= first.score <= 1.001


def test_vectors_are_kept_for_the_next_start(tmp_path: Path) -> None:
    ignored = shutil.ignore_patterns("*.npy")
    shutil.copytree(VAR / "encoders" / "sentence", tmp_path / "sentence", ignore=ignored)
    entries = read_entries()[:3]
    first = LectureFinder(entries, tmp_path / "sentence").best("what is a model")
    (kept,) = (tmp_path / "sentence").glob("lectures-*.npy")
    written = kept.stat().st_mtime_ns
    assert LectureFinder(entries, tmp_path / "sentence").best("what is a model") == first
    assert kept.stat().st_mtime_ns == written
    LectureFinder(entries[:2], tmp_path / "sentence").best("what is a model")
    assert len(list((tmp_path / "sentence").glob("*.npy"))) == 2
