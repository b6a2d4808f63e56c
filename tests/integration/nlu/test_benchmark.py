"""The benchmark tool on small sets in each set's own format, written here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from nlu.benchmark import main, summary
from nlu.benchmarks.dialogue_sets import read_sim_m, read_woz2
from nlu.benchmarks.folders import folder_of
from nlu.benchmarks.recipes import SETS
from nlu.benchmarks.sequence import BenchmarkData, read_sequences

LINES = [
    ("fly to oslo monday", "O O B-city B-day", "flight"),
    ("a flight to new york", "O O O B-city I-city", "flight"),
    ("what does it cost to fly to rome", "O O O O O O O B-city", "fare"),
    ("the fare on friday", "O O O B-day", "fare"),
] * 4


@pytest.fixture
def sets(tmp_path: Path) -> Path:
    for name in ("atis", "snips"):
        for part in ("train", "dev"):
            strange = [("by train to bonn", "O B-mode O B-city", "train")] if part == "dev" else []
            write_lines(tmp_path / name / part, [*LINES, *strange])  # ATIS's dev part has such
    clinc = {
        "train": [[text, intent] for text, _, intent in LINES],
        "val": [[text, intent] for text, _, intent in LINES[:4]],
        "oos_train": [["sing me a song", "oos"], ["who are you", "oos"]],
        "oos_val": [["what is love", "oos"]],
    }
    write(tmp_path / "clinc150" / "data.json", clinc)
    for part in ("train", "dev"):
        write(tmp_path / "sim-M" / f"{part}.json", [sim_dialogue()] * 3)
    for part in ("train", "validate"):
        write(tmp_path / "woz2" / f"woz_{part}_en.json", [woz_dialogue()] * 3)
    ontology = {"area": ["north", "centre"], "food": ["thai"], "request": ["phone"]}
    write(tmp_path / "woz2" / "ontology_dstc2_en.json", {"informable": ontology})
    return tmp_path


def write(path: Path, data: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data))


def write_lines(folder: Path, lines: list[tuple[str, str, str]]) -> None:
    folder.mkdir(parents=True)
    for name, column in zip(("seq.in", "seq.out", "label"), zip(*lines, strict=True), strict=True):
        (folder / name).write_text("\n".join(column) + "\n")


def sim_dialogue() -> list[dict[str, Any]] | dict[str, Any]:
    def utterance(text: str, *slots: tuple[str, int, int]) -> dict[str, Any]:
        spans = [{"slot": s, "start": a, "exclusive_end": b} for s, a, b in slots]
        return {"text": text, "tokens": text.split(), "slots": spans}

    first = {
        "user_utterance": utterance("see avatar", ("movie", 1, 2)),
        "dialogue_state": [{"slot": "movie", "value": "avatar"}],
    }
    second = {
        "system_utterance": utterance("at six pm ?", ("time", 1, 3)),
        "user_utterance": utterance("yes"),
        "dialogue_state": [
            {"slot": "movie", "value": "avatar"},
            {"slot": "time", "value": "six pm"},
        ],
    }
    return {"dialogue_id": "m1", "turns": [first, second]}


def woz_dialogue() -> dict[str, Any]:
    def turn(system: str, user: str, *goal: list[str]) -> dict[str, Any]:
        state = [{"slots": [pair], "act": "inform"} for pair in goal]
        return {"system_transcript": system, "transcript": user, "belief_state": state}

    return {
        "dialogue": [
            turn("", "Thai food, please", ["food", "thai"]),
            turn("Which area?", "I don't mind.", ["food", "thai"], ["area", "dontcare"]),
        ]
    }


def ran(capsys: pytest.CaptureFixture[str], *args: str) -> dict[str, Any]:
    assert main([*args, "--epochs", "1", "--device", "cpu", "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return found


@pytest.mark.parametrize("name", SETS)
def test_every_set_gives_one_line_of_figures(
    name: str, sets: Path, tiny_encoder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = ran(capsys, name, "--data", str(sets), "--encoder", str(tiny_encoder), "--seeds", "2")
    assert found["set"] == name
    assert found["tested_on"] == "dev"
    assert [row["seed"] for row in found["runs"]] == [0, 1]
    headline = {"clinc150": "in_scope_accuracy", "sim-m": "joint_goal", "woz2": "joint_goal"}
    figure = found[headline.get(name, "intent_accuracy")]
    assert 0 <= figure["mean"] <= 1
    assert figure["std"] >= 0


def test_a_test_part_is_reported_when_it_is_there_and_new_labels_are_borne(
    sets: Path, tiny_encoder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_lines(sets / "atis" / "test", [("by train to bonn", "O B-mode O B-city", "train")])
    folder = str(sets / "atis")
    found = ran(capsys, "atis", "--data", folder, "--encoder", str(tiny_encoder), "--seeds", "1")
    assert found["tested_on"] == "test"
    assert found["intent_accuracy"]["mean"] == 0
    assert found["n"] == 1


def test_memory_is_compared_with_none(
    sets: Path, tiny_encoder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = ran(
        capsys, "sim-m", "--data", str(sets), "--encoder", str(tiny_encoder), "--seeds", "1"
    )
    assert {"slots_first_f1", "slots_later_f1", "tags_later_f1"} <= set(found["memory"])
    assert set(found["none"]) == set(found["memory"])
    assert "later_turns_gain" in found


def test_a_set_is_found_below_the_folder_whatever_its_case(tmp_path: Path) -> None:
    (tmp_path / "dialogue" / "sim-M").mkdir(parents=True)
    (tmp_path / "nlu" / "atis" / "train").mkdir(parents=True)
    assert folder_of("sim-m", tmp_path) == tmp_path / "dialogue" / "sim-M"
    assert folder_of("atis", tmp_path / "nlu") == tmp_path / "nlu" / "atis"
    assert folder_of("atis", tmp_path / "nlu" / "atis") == tmp_path / "nlu" / "atis"
    assert folder_of("snips", tmp_path / "nowhere") == tmp_path / "nowhere"


@pytest.mark.parametrize("name", SETS)
def test_a_folder_without_the_set_is_refused(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as exit_:
        main([name, "--data", str(tmp_path)])
    assert exit_.value.code == 2
    assert str(tmp_path) in capsys.readouterr().err


def test_words_and_tags_that_differ_in_number_are_refused(tmp_path: Path) -> None:
    for part in ("train", "dev"):
        write_lines(tmp_path / part, [("one two", "O", "x")])
    with pytest.raises(BenchmarkData, match="differ"):
        read_sequences(tmp_path)


def test_goals_and_both_sides_are_read(sets: Path) -> None:
    (first, second) = read_sim_m(sets / "sim-M").train[0]
    assert first.system is None
    assert second.goal == {"movie": "avatar", "time": "six pm"}
    assert second.system is not None
    assert second.system.tags == ("O", "B-time", "I-time", "O")
    kinds = read_woz2(sets / "woz2")
    assert kinds.slots == ("area", "food")
    assert kinds.train[0][1].goal["area"] == "dontcare"


def test_the_summary_keeps_mean_and_spread() -> None:
    rows = [
        {"seed": 0, "x": 1.0, "in": {"y": 2.0}, "n": 5},
        {"seed": 1, "x": 3.0, "in": {"y": 2.0}, "n": 5},
    ]
    assert summary(rows) == {
        "x": {"mean": 2.0, "std": pytest.approx(1.41421)},
        "in": {"y": {"mean": 2.0, "std": 0.0}},
        "n": 5,
    }
