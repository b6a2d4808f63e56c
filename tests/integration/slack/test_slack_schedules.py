"""Random schedules of retries, reordering and crashes: nothing acts twice, nothing is lost.

The full run of 1,000 is a command (see `slack_schedules`); here are those of the first seeds.
"""

from __future__ import annotations

from fake_slack import FakeSlack
from slack_schedules import play_all, summary


async def test_no_double_act_and_nothing_lost_in_random_schedules(slack: FakeSlack) -> None:
    figures = summary(await play_all(0, 12, slack))
    print(figures)
    assert figures["crashes"] > 0
    assert figures["bad_seeds"] == []
