"""Understanding runs beside the event loop, in one thread of its own.

Rasa reads a message on the loop itself: while the network computes, nobody's request is accepted,
and what Slack sends is acknowledged late. One thread is enough: messages are read one after the
other as before, and the loop goes on meanwhile (the network's runtime lets go of Python's lock).
"""

from __future__ import annotations

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.trackers import DialogueStateTracker

_HANDOVER_SECONDS = 0.001  # after which the thread gives Python's lock to a waiting loop
_THREAD = ThreadPoolExecutor(1, thread_name_prefix="understanding")


def patch_processor() -> None:
    """Let every processor read messages in the thread; idempotent."""
    sys.setswitchinterval(_HANDOVER_SECONDS)
    MessageProcessor.parse_message = _parse_message


async def _parse_message(
    self: Any,
    message: UserMessage,
    tracker: DialogueStateTracker | None = None,
    only_output_properties: bool = True,
) -> dict[str, Any]:
    """As Rasa's own, but for where it computes."""
    read = tracker or DialogueStateTracker.from_events(message.sender_id, [])
    parse: dict[str, Any] = await asyncio.get_running_loop().run_in_executor(
        _THREAD, self._parse_message_with_graph, message, read, only_output_properties
    )
    self._update_full_retrieval_intent(parse)
    self._check_for_unseen_features(parse)
    return parse
