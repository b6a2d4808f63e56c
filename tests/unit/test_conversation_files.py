"""The conversation files: all are sound, and what is wrong with one is told in its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from conversation_files import FOLDER, BadConversations, all_conversations, read
from conversation_format import Record

GOOD = """\
- name: spring after all
  student: {completed: [CS106A], max_units: 12}
  turns:
    - {say: "enroll me in CS106B", acts: [ask_quarter], reply: ["quarter", "CS106B"]}
    - {say: "winter", acts: [ask_year]}
    - "2019": "enrolled"
  state: {question: none, goals: [], focus: CS106B}
  end: [CS106B Winter 2019 enrolled]
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "some.yml"


def problem(path: Path, text: str) -> str:
    path.write_text(text)
    with pytest.raises(BadConversations) as refused:
        read(path)
    return str(refused.value).replace(f"{path.parent}/", "")


def test_every_file_of_the_folder_is_sound() -> None:
    placed = all_conversations(FOLDER)
    assert len(placed) >= 200
    assert len({str(each) for each in placed}) == len(placed)


def test_both_ways_of_writing_a_turn(path: Path) -> None:
    path.write_text(GOOD)
    (case,) = read(path)
    assert case.student == Record(completed=["CS106A"], max_units=12)
    assert [turn.say for turn in case.turns] == ["enroll me in CS106B", "winter", "2019"]
    assert [turn.acts for turn in case.turns] == [["ask_quarter"], ["ask_year"], None]
    assert [turn.reply for turn in case.turns] == [["quarter", "CS106B"], [], ["enrolled"]]


def test_a_visitor_is_nobody(path: Path) -> None:
    path.write_text('- name: a\n  student: visitor\n  turns: [{say: "hi", acts: [greet]}]\n')
    assert read(path)[0].student is None


@pytest.mark.parametrize(
    ("before", "after", "line", "told"),
    [
        ("reply:", "repply:", 4, 'turns 1, repply: unknown key "repply"; known here: say, acts'),
        (
            "[ask_year]",
            "[ask_yaer]",
            5,
            'turns 2, acts 1: "ask_yaer" is no act; did you mean "ask_y',
        ),
        ("max_units: 12", 'max_units: "12"', 2, "student, max_units: Input should be a valid int"),
        ("completed", "passed", 2, "known here: programme, completed, max_units, holds"),
        (
            "  end:",
            "  ends:",
            8,
            'unknown key "ends"; known here: name, student, turns, state, end',
        ),
        (
            "question: none",
            "question: colour",
            7,
            '"colour" is no question; there are: none, class',
        ),
        ("goals: []", "goals: [CS106B]", 7, 'should read like "enroll CS106A Winter 2019"'),
        ("2019 enrolled]", "2019]", 8, 'should read like "CS106A Winter 2019 enrolled"'),
        ('"enrolled"', '"(enrolled"', 6, '"(enrolled" is no regular expression'),
        ('say: "winter"', "say: no", 5, "turns 2, say: False is no text; put it in quotes"),
        ('"2019": "enrolled"', "2019: enrolled", 6, "2019 is no text; put it in quotes"),
        ('"2019": "enrolled"', "hello", 6, "this should read like {say:"),
        (", acts: [ask_year]", "", 5, "turns 2: nothing is expected of this turn"),
        ("  student: {", "  name: twice\n  student: {", 2, '"name" stands here a second time'),
        ("- name: spring after all\n ", "-", 1, '"name" is missing'),
        ("{completed: [CS106A], max_units: 12}", "visitor", 1, "a visitor cannot be enrolled"),
    ],
)
def test_what_is_wrong_is_told_in_its_place(
    path: Path, before: str, after: str, line: int, told: str
) -> None:
    assert before in GOOD
    message = problem(path, GOOD.replace(before, after))
    assert message.startswith(f"some.yml:{line}: ")
    assert told in message


def test_all_problems_of_a_file_are_told_at_once(path: Path) -> None:
    text = GOOD.replace("ask_year", "ask_yaer").replace("question: none", "question: some")
    assert len(problem(path, text).splitlines()) == 2


def test_two_cases_of_one_name_are_told(path: Path) -> None:
    assert (
        problem(path, GOOD + GOOD)
        == 'some.yml:9: there is a second "spring after all" in this file'
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [("- name: [", "no YAML"), ("name: one", "a file is a list"), ("", "a file is a list")],
)
def test_what_is_no_list_of_cases(path: Path, text: str, told: str) -> None:
    assert told in problem(path, text)
