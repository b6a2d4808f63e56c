"""`python -m knowledge explorecourses`: figures of files, doubts by name, faults by line.

Our own odd catalogue is always checked; the real samples as well where QUAD_EVAL_DATA names them.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge.__main__ import main
from knowledge.settings import Settings

_ODD = """<xml><courses><course><year>2021-2022</year><subject>GAME</subject><code>4</code>
<title>Playing Fair</title>
<description>Prerequisites: {said}.</description><gers></gers><repeatable>false</repeatable>
<grading>Letter (ABCD/NP)</grading><unitsMin>{units}</unitsMin><unitsMax>5</unitsMax>
<learningObjectives/><sections><section><classId>7</classId><term>2021-2022 Winter</term>
<termId>1224</termId><subject>GAME</subject><code>4</code><units>3</units>
<sectionNumber>01</sectionNumber><component>LEC</component><numEnrolled>9</numEnrolled>
<maxEnrolled>999</maxEnrolled><numWaitlist>0</numWaitlist><maxWaitlist>0</maxWaitlist>
<enrollStatus>Open</enrollStatus><addConsent>N</addConsent><dropConsent>N</dropConsent>
<courseId>31</courseId><schedules/><currentClassSize>9</currentClassSize>
<maxClassSize>999</maxClassSize><currentWaitlistSize>0</currentWaitlistSize>
<maxWaitlistSize>0</maxWaitlistSize><notes/><attributes/></section></sections>
<administrativeInformation><courseId>31</courseId><effectiveStatus>A</effectiveStatus>
<offerNumber>1</offerNumber><academicGroup>HS</academicGroup>
<academicOrganization>GAME</academicOrganization><academicCareer>UG</academicCareer>
<finalExamFlag>Y</finalExamFlag><catalogPrint>Y</catalogPrint><schedulePrint>Y</schedulePrint>
<maxUnitsRepeat>5</maxUnitsRepeat><maxTimesRepeat>1</maxTimesRepeat></administrativeInformation>
<attributes/><tags/></course></courses></xml>"""


def _told(capsys: pytest.CaptureFixture[str], *args: str) -> list[str]:
    assert main(["explorecourses", *args]) == 0
    return capsys.readouterr().out.splitlines()


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    path = tmp_path / "odd.xml"
    path.write_text(_ODD.format(said="GAME 1 and 2", units="3"), encoding="utf-8")
    return path


def test_a_file_is_counted_and_its_oddities_are_named(odd: Path, capsys) -> None:
    lines = _told(capsys, "check", str(odd))
    assert lines[0] == f"{odd}: 1 listings of 1 courses, 1 sections"
    assert "  oddity no-cap-999: 1" in lines
    assert "  oddity no-schedule: 1" in lines
    assert "prerequisites: 1 courses speak of them, 1 are read surely" in lines
    assert lines[-1].startswith("  GAME4: GAME1 and GAME2 (confidence 0.97")


def test_a_broken_course_is_told_with_its_place(tmp_path: Path, capsys) -> None:
    path = tmp_path / "broken.xml"
    path.write_text(_ODD.format(said="none", units="some"), encoding="utf-8")
    lines = _told(capsys, "check", str(tmp_path))
    assert lines[0].endswith("0 listings of 0 courses, 0 sections")
    assert lines[1] == "  left out GAME4: unitsMin 'some' (line 4, column 36)"


def test_sets_of_courses_are_compared_with_an_edge_list(odd: Path, tmp_path: Path, capsys) -> None:
    ids = {"31": ["GAME4"], "1": ["GAME1"], "2": ["GAME2", "LUDO2"], "3": ["GAME3"]}
    (tmp_path / "course_ids.json").write_text(json.dumps(ids))
    for needed, same in ((["1", "2"], 1), (["1"], 0), (["1", "2", "3"], 0)):
        graph = {"School": {"GAME": {"31": needed}}}
        (tmp_path / "prereqs.json").write_text(json.dumps(graph))
        last = _told(capsys, "check", str(odd), "--against", str(tmp_path))[-1]
        assert last.endswith(f"1 courses compared, {same} with the same set of courses")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("<xml><course>", "fault file-malformed, line 1, column 14"),
        ("<!DOCTYPE xml><xml/>", "fault file-construct-forbidden, line 1, column 1"),
        ("<html/>", "fault file-foreign, line 1, column 1"),
        (None, "file missing: path"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_clear_line(
    content: str | None, problem: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "file.xml"
    if content is not None:
        path.write_text(content)
    assert main(["explorecourses", "check", str(path)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert problem in line
    assert str(path) in line


def test_labelled_sentences_are_scored(tmp_path: Path, capsys) -> None:
    path = tmp_path / "some.yml"
    path.write_text(
        '- [CS, "Prerequisite: 103.", "CS103"]\n- [CS, "Prerequisite: wit.", "unsure"]\n'
    )
    lines = _told(capsys, "prose", str(path))
    assert lines[0].startswith(
        "some.yml: 2 sentences (1 that a rule can say): exact and sure 1.000"
    )


def test_the_samples_are_read_without_a_fault(odd: Path, capsys) -> None:
    real = Settings.from_env().eval_data
    folders = [odd.parent, *([real / "courses"] if real is not None else [])]
    lines = _told(capsys, "check", *map(str, folders))
    assert not [line for line in lines if "left out" in line]
    assert any(line.startswith("in all: ") for line in lines)
