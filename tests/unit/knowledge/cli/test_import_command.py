"""`python -m knowledge import|export`: the way an admin goes at the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge.__main__ import main


@pytest.fixture(autouse=True)
def _database(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUAD_DATABASE_URL", database_url)
    monkeypatch.setenv("QUAD_TODAY", "2018-11-15")


def test_export_change_preview_confirm(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(tmp_path / "courses.csv")
    assert main(["export", "courses", path]) == 0
    text = Path(path).read_text()
    Path(path).write_text(text.replace("Mathematical Logic", "Logic for All", 1))
    capsys.readouterr()
    assert main(["import", path, "--json"]) == 0
    seen = json.loads(capsys.readouterr().out)
    assert seen["counts"]["courses"]["changed"] == 1
    assert seen["differences"][0]["after"] == {"title": "Logic for All"}
    assert main(["import", path]) == 0
    *_, last = capsys.readouterr().out.splitlines()
    assert main(["import", path, "--confirm", last.split()[3]]) == 0
    assert "1 changed" in capsys.readouterr().out
    # The catalogue is another one now, so the same confirmation no longer holds.
    assert main(["import", path, "--confirm", last.split()[3]]) == 2
    assert "catalogue moved" in capsys.readouterr().err


def test_a_faulty_file_names_row_and_column(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("term,code,number,capacity,meetings\nWinter 2019,CS106A,09,-1,\n")
    assert main(["import", str(path)]) == 2
    told = capsys.readouterr()
    assert "row 2, capacity: negative" in told.out
    assert "file faulty" in told.err


@pytest.mark.parametrize("words", [["import", "/no/such"], ["export", "courses", "/no/such/file"]])
def test_a_path_that_is_not_there(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert "file unreadable" in capsys.readouterr().err


def test_half_a_confirmation_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.csv"
    path.write_text("suid,name,programme\n")
    assert main(["import", str(path), "--confirm", "abc"]) == 2
    assert "file changed" in capsys.readouterr().err
