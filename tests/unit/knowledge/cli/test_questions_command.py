"""`python -m knowledge questions prune`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from knowledge.cli.commands import run
from knowledge.cli.parser import parser
from knowledge.insights.questions import Asked, Question, QuestionRecorder
from knowledge.settings import Settings
from knowledge.storage.unit_of_work import UnitOfWork


def test_old_questions_are_removed_by_hand(database_url: str, units: UnitOfWork) -> None:
    now = datetime.now(UTC).replace(tzinfo=None)
    recorder = QuestionRecorder(units)
    for days in (1, 40, 200):
        recorder.note(Question(Asked.UNCLEAR, "hm", False, at=now - timedelta(days=days)))
    recorder.flush()
    settings = Settings.from_env({"QUAD_DATABASE_URL": database_url, "QUAD_SECRET": "x"})
    lines = list(run(parser().parse_args(["questions", "prune"]), settings))
    assert lines == ["removed 1 questions older than 180 days"]
    lines = list(run(parser().parse_args(["questions", "prune", "--days", "30"]), settings))
    assert lines == ["removed 1 questions older than 30 days"]


@pytest.mark.parametrize("days", ["-1", "soon", "99999"])
def test_days_that_are_none_are_refused(days: str) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args(["questions", "prune", "--days", days])
