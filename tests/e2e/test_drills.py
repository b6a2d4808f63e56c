"""The drills in small: lines that break, clients that repeat themselves, replicas that are killed.

The figures of docs/delivery.md come from the same code: `python -m bot.drills`.
"""

from __future__ import annotations

import json

import pytest

from bot.drills.__main__ import main


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict:
    code = main([*arguments, "--json"])
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (code, figures["faults"]) == (0, [])
    return figures


def test_random_schedules_on_two_replicas_act_once(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("schedules", "--schedules", "25", "--replicas", "2", "--kills", "1", "--seed", "7")
    figures = _run(capsys, *asked)
    assert figures["schedules"] == 25
    assert figures["acts"] > 25
    assert figures["tries"] > figures["messages"]
    assert figures["double_acts"] == figures["missing_acts"] == figures["lost_messages"] == 0


def test_a_page_loses_and_doubles_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    figures = _run(capsys, "reconnect", "--disconnections", "15", "--restarts", "1", "--seed", "3")
    assert figures["disconnections"] == 15
    assert figures["messages"] >= 15
    lost = ("lost_messages", "lost_replies", "doubled_messages", "doubled_replies", "wrong_acts")
    assert {name: figures[name] for name in lost} == dict.fromkeys(lost, 0)
