"""What Rasa itself stored is read as it was told, and its conversations reach the queue."""

from __future__ import annotations

from pathlib import Path

from bot.rasa_compat import install

install()

from rasa.shared.core.domain import Domain  # noqa: E402 - after the stand-ins
from rasa.shared.core.events import (  # noqa: E402
    ActionExecuted,
    BotUttered,
    SessionStarted,
    SlotSet,
    UserUttered,
)

from bot.conversations import LiveTrackerStore  # noqa: E402
from bot.labelling.collecting import Collector  # noqa: E402
from bot.labelling.tracker import Conversations  # noqa: E402
from knowledge.storage.label_work import LabelWork  # noqa: E402
from knowledge.storage.unit_of_work import UnitOfWork  # noqa: E402

DOMAIN = Domain.from_yaml(
    'version: "3.1"\nintents: [enroll]\n'
    "slots: {dialogue: {type: any, mappings: [{type: custom}]}}\n"
)


def _heard(text: str, confidence: float) -> UserUttered:
    intent = {"name": "enroll", "confidence": confidence}
    start = text.index("106A")
    entity = {
        "entity": "code",
        "value": "106A",
        "start": start,
        "end": start + 4,
        "confidence": 0.9,
    }
    parse = {"intent": intent, "entities": [entity], "text": text, "unsure": confidence < 0.5}
    metadata = {"principal": {"subject": "05990003", "role": "student"}}
    return UserUttered(text, intent, [entity], parse, input_channel="rest", metadata=metadata)


async def test_a_conversation_as_rasa_stored_it(units: UnitOfWork, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'conversations.db'}"
    store = LiveTrackerStore(domain=DOMAIN, host=url)
    with units.read() as work:
        own = work.students.get("05990003").name.split()[0]
    tracker = await store.get_or_create_tracker("c1")
    for event in (
        ActionExecuted("action_session_start"),
        SessionStarted(),
        ActionExecuted("action_listen"),
        _heard("put me in 106A", 0.95),
        SlotSet("dialogue", {"goals": []}),
        ActionExecuted("action_ask_quarter"),
        BotUttered(f"Which quarter, {own}?"),
        ActionExecuted("action_listen"),
        _heard(f"{own} wants 106A of course", 0.3),
        ActionExecuted("utter_unclear"),
    ):
        tracker.update(event, DOMAIN)
    await store.save(tracker)

    conversations = Conversations(url)
    first, second = conversations.turns("c1")
    assert (first.acts, second.acts) == (("action_ask_quarter",), ("utter_unclear",))
    assert (second.unsure, second.earlier, second.subject) == (True, 1, "05990003")

    assert Collector(units, conversations, url).collect().turns == 1
    with units.read() as work:
        labels = LabelWork(work.session)
        (item,) = labels.items()
        context = labels.context(item.item_id)
    assert own not in item.text
    assert item.text.endswith(" wants 106A of course")
    (span,) = item.prelabel.spans
    assert (item.text[span[0] : span[1]], span[2]) == ("106A", "code")
    assert context == ((True, "put me in 106A"), (False, "Which quarter, [name]?"))
