"""`python -m bot.privacy`: what it prints and how it ends."""

from __future__ import annotations

import io
import json
import stat
from pathlib import Path

import pytest
from kept_people import NAME, SECRET, WHO, Kept, holders

from bot.privacy.__main__ import main


@pytest.fixture
def there(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> Kept:
    monkeypatch.setenv("QUAD_VAR", str(kept.settings.var))
    monkeypatch.setenv("QUAD_SECRET", SECRET)
    monkeypatch.setenv("QUAD_TODAY", "2018-11-15")
    monkeypatch.setenv("QUAD_DATABASE_URL", kept.settings.database_url)
    return kept


def test_an_export_is_written_for_one_pair_of_eyes(
    there: Kept, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "out" / "data.json"
    assert main(["export", WHO, "--out", str(path)]) == 0
    assert json.loads(path.read_text())["about"]["name"] == NAME
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert main(["export", WHO[1:]]) == 0
    out = capsys.readouterr().out
    assert json.loads(out[out.index("{") :])["about"]["suid"] == WHO


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["export", "nonsense"], 2, "not a student number"),
        (["export", "05000009"], 1, "nothing is kept"),
        (["erase", "05000009", "--yes"], 1, "nothing is kept"),
        (["erase", WHO, "--yes", "--record"], 1, "still holds seats"),
    ],
)
def test_refusals_say_why(
    there: Kept,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    status: int,
    words: str,
) -> None:
    assert main(arguments) == status
    assert words in capsys.readouterr().err


def test_erasing_asks_for_the_number_again(
    there: Kept, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for answer in ("", "yes\n", "05974321\n"):
        monkeypatch.setattr("sys.stdin", io.StringIO(answer))
        assert main(["erase", WHO]) == 2
    assert "conversations.db" in holders(there.settings.var, WHO)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{WHO}\n"))
    assert main(["erase", WHO]) == 0
    out = capsys.readouterr().out
    assert "conversations: 5" in out
    assert "1 in students" in out
    assert holders(there.settings.var, WHO) == ["quad.db"]


def test_a_sweep_says_what_it_removed(
    there: Kept, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QUAD_RETENTION_DAYS", "30")
    assert main(["sweep"]) == 0
    assert "older than 30 days" in capsys.readouterr().out


def test_a_locked_database_is_no_traceback(
    there: Kept, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from bot.privacy import erasing
    from knowledge.errors import ServiceBusy

    def busy(*_: object) -> None:
        raise ServiceBusy

    monkeypatch.setattr(erasing, "_in", busy)
    assert main(["erase", WHO, "--yes"]) == 1
    assert "try again" in capsys.readouterr().err
