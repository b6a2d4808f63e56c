"""Simulated students at the door of the whole running bot; the command that lets them type."""

from __future__ import annotations

import json
from pathlib import Path

from bot.policy import seeds
from bot.policy.simulate import main
from bot.policy.whole_bot import talk

ROOT = Path(__file__).parents[4]


async def test_students_reach_their_goals_by_text_alone(tmp_path: Path) -> None:
    students = [seeds.dev(number) for number in range(20)]
    played, missed = await talk(tmp_path / "var", ROOT / "var" / "encoders", students, 4)
    assert [each.seed for each in played] == students
    assert sum(each.wrong_acts for each in played) == 0, missed
    assert sum(each.success for each in played) >= 18, missed
    assert {each.seed for each in missed} == {each.seed for each in played if not each.success}
    assert all(each.turns >= 1 for each in played)


def test_the_command_compares_two_agents_on_the_same_students(capsys) -> None:
    main(["--agent", "dqn", "--against", "rule", "--episodes", "6", "--seeds", "1", "--json"])
    figures = json.loads(capsys.readouterr().out)
    assert figures["episodes"] == figures["against"]["episodes"] == 6
    assert figures["difference"]["pairs"] == 6
    assert 0 <= figures["success"]["interval"][0] <= figures["success"]["value"] <= 1
