"""`python -m bot.labelling` in a process of its own: from conversations to training data."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conversed import Tracker, numbered, turn

from knowledge.model.labelling import Act, Reading
from knowledge.storage.label_work import LabelWork
from knowledge.storage.unit_of_work import UnitOfWork
from nlu.data.reading import read_file

ROOT = Path(__file__).parents[3]
TEXT = "the one my roommate keeps raving about, count me in for 106A"


@pytest.fixture
def var(tmp_path: Path) -> Path:
    return tmp_path / "var"


def _run(var: Path, sqlite_url: str, *command: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "QUAD_VAR": str(var), "QUAD_DATABASE_URL": sqlite_url}
    run = [sys.executable, "-m", "bot.labelling", *command]
    return subprocess.run(run, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120)


def test_from_conversations_to_training_data(var: Path, sqlite_url: str, tmp_path: Path) -> None:
    tracker = Tracker(var / "conversations.db")
    line = TEXT.replace("106A", "[106A](topic)")
    tracker.tell("c1", numbered([turn(line, "inform", sure=0.4, act="utter_unclear")]))
    assert "1 turns new" in _run(var, sqlite_url, "collect").stdout
    units = UnitOfWork.at(sqlite_url)
    with units.write() as work:
        labels = LabelWork(work.session)
        number = labels.next_for("rae")
        assert number is not None
        start = TEXT.index("106A")
        labels.say(number, "rae", Act.LABEL, Reading("enroll", ((start, start + 4, "code"),)))
    units.close()

    told = json.loads(_run(var, sqlite_url, "report", "--json").stdout)
    assert told["states"]["done"] == 1
    assert told["corrected"]["intent"] == 1.0
    assert "rae 1" in _run(var, sqlite_url, "report").stdout

    target = tmp_path / "conversations.yml"
    exported = _run(var, sqlite_url, "export", str(target), "--day", "2026-11-28")
    assert "1 items in" in exported.stdout, exported.stderr
    (item,) = read_file(target)
    assert (item.text, item.intent, item.author) == (TEXT, "enroll", "conversations-2026-11-28")

    assert "1 items erased" in _run(var, sqlite_url, "erase", "c1").stdout
    assert "0 turns new" in _run(var, sqlite_url, "collect").stdout


def test_without_conversations_it_says_so(var: Path, sqlite_url: str) -> None:
    done = _run(var, sqlite_url, "collect")
    assert done.returncode == 1
    assert "conversations-unreadable" in done.stderr
    assert done.stderr.count("\n") == 1
