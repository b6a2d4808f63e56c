"""`python -m knowledge graph`: files that can be read, figures, kind refusals."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.__main__ import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Run `graph` with these words: exit status, output, errors."""
    monkeypatch.setenv("QUAD_DATABASE_URL", database_url)

    def command(*words: str) -> tuple[int, str, str]:
        status = main(["graph", *words])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return command


def test_the_whole_graph_as_json(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "graph.json"
    assert run("export", "--json", str(path))[0] == 0
    written = json.loads(path.read_text(encoding="utf-8"))
    assert {node["kind"] for node in written["nodes"]} >= {"course", "topic", "term", "instructor"}
    assert len(written["edges"]) > 2000


@pytest.mark.parametrize("view", [("--around", "cs229"), ("--subject", "HISTORY")])
def test_a_picture(run: Run, tmp_path: Path, view: tuple[str, str]) -> None:
    path = tmp_path / "graph.png"
    status, out, _ = run("export", "--picture", str(path), *view)
    assert (status, out) == (0, f"wrote {path}\n")
    assert path.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--around", "CS999"), "unknown course: code CS999"),
        (("--around", "what"), "invalid code: text what"),
        (("--subject", "XX"), "unknown subject: subject XX"),
    ],
)
def test_unknown_views(run: Run, tmp_path: Path, words: tuple[str, str], said: str) -> None:
    path = tmp_path / "graph.png"
    status, out, err = run("export", "--picture", str(path), *words)
    assert (status, out, err.strip()) == (2, "", said)
    assert not path.exists()


def test_a_file_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    status, _, err = run("export", "--json", str(tmp_path / "no" / "graph.json"))
    assert status == 2
    assert "No such file" in err


def test_figures_as_one_json_line(run: Run) -> None:
    words = ("--seed", "3", "--conversations", "20", "--academic-start", "2018", "--json")
    status, out, _ = run("evaluate", *words)
    assert status == 0
    (line,) = out.splitlines()
    figures = json.loads(line)
    assert figures["seed"] == 3
    orders = {"expected", "gain", "fixed", "fixed_long", "random"}
    assert {row["order"] for row in figures["measured"]} == orders


def test_a_year_without_courses_is_told(run: Run) -> None:
    status, _, err = run("evaluate", "--academic-start", "1999")
    assert status == 2
    assert "1999" in err
