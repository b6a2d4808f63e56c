"""Every conversation of tests/conversations/*.yml against the running bot, end state in Axess."""

from __future__ import annotations

import pytest
from conversation_files import Placed, all_conversations
from conversing import differences, hold, report


@pytest.mark.parametrize("placed", all_conversations(), ids=str)
def test_conversation(quad, placed: Placed) -> None:
    held = hold(quad, placed.conversation)
    if differences(held):
        pytest.fail(report(held), pytrace=False)
