"""Every conversation of tests/conversations/*.yml against the running bot, end state in Axess."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

FOLDER = Path(__file__).parents[1] / "conversations"
CASES = [
    (path.stem, case["name"], case)
    for path in sorted(FOLDER.glob("*.yml"))
    for case in yaml.safe_load(path.read_text())
]


def test_there_are_at_least_forty() -> None:
    assert len(CASES) >= 40


@pytest.mark.parametrize(
    "case", [case for _, _, case in CASES], ids=[f"{file}: {name}" for file, name, _ in CASES]
)
def test_conversation(quad, case) -> None:
    suid = None
    if case.get("student") != "visitor":
        record = dict(case.get("student") or {})
        if record.get("completed") == "all":
            record = {**record, "completed": (), "completed_all": True}
        if "holds" in record:
            record["holds"] = tuple(record["holds"])
        suid = quad.add_student(**record)
    transcript: list[str] = []
    for number, (said, wanted) in enumerate(_turns(case)):
        answer = quad.text(said, suid, sender=case["name"])
        transcript += [f"> {said}", answer]
        for pattern in wanted:
            assert re.search(pattern, answer, re.IGNORECASE | re.DOTALL), _failure(
                number, pattern, transcript
            )
    if suid is not None:
        held = sorted(
            f"{e['code']} {e['quarter']} {e['year']} {e['status']}" for e in quad.enrollments(suid)
        )
        assert held == sorted(case.get("end", [])), "\n".join(transcript)


def _turns(case: dict) -> list[tuple[str, list[str]]]:
    turns = []
    for turn in case["turns"]:
        ((said, wanted),) = turn.items()
        turns.append((said, wanted if isinstance(wanted, list) else [wanted]))
    return turns


def _failure(number: int, pattern: str, transcript: list[str]) -> str:
    return f"turn {number + 1} does not say {pattern!r}:\n" + "\n".join(transcript)
