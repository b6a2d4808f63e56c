"""The Rasa component: packs, loads from Rasa's storage, and parses messages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.rasa_compat import install

install()

from rasa.engine.graph import ExecutionContext, GraphSchema  # noqa: E402
from rasa.engine.storage.local_model_storage import LocalModelStorage  # noqa: E402
from rasa.engine.storage.resource import Resource  # noqa: E402
from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered  # noqa: E402
from rasa.shared.core.trackers import DialogueStateTracker  # noqa: E402
from rasa.shared.nlu.training_data.message import Message  # noqa: E402
from rasa.shared.nlu.training_data.training_data import TrainingData  # noqa: E402

from nlu.component import QuadNLU, said_before  # noqa: E402
from nlu.entities import Entity  # noqa: E402
from nlu.schema import INTENTS  # noqa: E402
from nlu.serving.engine import Parse, Said  # noqa: E402
from nlu.turns import REMEMBERED  # noqa: E402

CONTEXT = ExecutionContext(GraphSchema({}), "tests")
RESOURCE = Resource("quad-nlu")


class FixedEngine:
    """Understands one sentence."""

    def __init__(self) -> None:
        self.past: list[Said] = []

    def parse(self, text: str, past: list[Said]) -> Parse:
        self.past = past
        ranking = (("swap", 0.8), ("drop", 0.2))
        return Parse(
            ranking, (Entity("code", "drop", 5, 13, 0.9), Entity("title", None, 18, 22, 0.5))
        )


@pytest.fixture(scope="module")
def loaded(tiny_weights: Path, tiny_encoder: Path, tmp_path_factory) -> QuadNLU:
    config = {"weights": str(tiny_weights.parent), "encoder": str(tiny_encoder)}
    storage = LocalModelStorage.create(tmp_path_factory.mktemp("storage"))
    resource = QuadNLU.create(config, storage, RESOURCE, CONTEXT).train(TrainingData())
    return QuadNLU.load(config, storage, resource, CONTEXT)


def fixed() -> QuadNLU:
    component = QuadNLU(QuadNLU.get_default_config(), storage=None, resource=RESOURCE)  # type: ignore[arg-type]
    component._engine = FixedEngine()  # type: ignore[assignment]
    return component


def test_a_message_is_parsed_as_the_contract_says() -> None:
    message = fixed().process([Message({"text": "swap cs 106 a for Jazz"})])[0]
    assert message.get("intent") == {"name": "swap", "confidence": 0.8}
    assert [entry["name"] for entry in message.get("intent_ranking")] == ["swap", "drop"]
    first, second = message.get("entities")
    assert {name: first[name] for name in ("entity", "value", "start", "end", "role")} == {
        "entity": "code", "value": "cs 106 a", "start": 5, "end": 13, "role": "drop",
    }  # fmt: skip
    assert list(first["normalized"]) == ["CS106A"]
    assert first["confidence"] == pytest.approx(0.9)
    assert first["extractor"] == "QuadNLU"
    assert second["value"] == "Jazz"
    assert not {"role", "normalized"} & set(second)
    assert {"intent", "intent_ranking", "entities"} <= set(
        message.as_dict(only_output_properties=True)
    )


@pytest.mark.parametrize("text", ["", " ", "😀", "x" * 10_000, "enroll me in CS106A", None])
def test_any_message_gets_an_intent(loaded: QuadNLU, text: str | None) -> None:
    data: dict[str, Any] = {} if text is None else {"text": text}
    message = loaded.process([Message(data)])[0]
    assert message.get("intent")["name"] in INTENTS
    for entity in message.get("entities"):
        assert text is not None
        assert text[entity["start"] : entity["end"]] == entity["value"]


def test_both_sides_of_the_conversation_are_its_memory() -> None:
    component = fixed()
    events = [UserUttered("drop it"), BotUttered("before"), ActionExecuted("action_restart")]
    events += [UserUttered("hi"), ActionExecuted("action_listen"), BotUttered("Which class?")]
    tracker = DialogueStateTracker.from_events("me", [*events, BotUttered(None)])
    component.process([Message({"text": "CS106A"})], tracker)
    assert component._engine.past == [Said("hi", True), Said("Which class?", False)]  # type: ignore[union-attr]


def test_a_long_conversation_is_remembered_in_part() -> None:
    turns = [UserUttered(str(number)) for number in range(50)]
    past = said_before(DialogueStateTracker.from_events("me", turns))
    assert [said.text for said in past] == [str(number) for number in range(50 - REMEMBERED, 50)]


def test_a_message_parsed_before_stays_as_it_is(loaded: QuadNLU) -> None:
    before = {"name": "affirm", "confidence": 1.0}
    message = loaded.process([Message({"text": "/affirm", "intent": before})])[0]
    assert message.get("intent") == before
    assert message.get("entities") is None


def test_it_says_so_when_nothing_was_loaded() -> None:
    component = QuadNLU({}, storage=None, resource=RESOURCE)  # type: ignore[arg-type]
    with pytest.raises(RuntimeError, match="not loaded"):
        component.process([Message({"text": "hi"})])


def test_new_weights_change_the_fingerprint(tmp_path: Path) -> None:
    config = {"weights": str(tmp_path)}
    tmp_path = tmp_path / "transformer"
    tmp_path.mkdir()
    (tmp_path / "joint.safetensors").write_bytes(b"one")
    first = QuadNLU.fingerprint_addon(config)
    (tmp_path / "joint.safetensors").write_bytes(b"two")
    assert QuadNLU.fingerprint_addon(config) not in (first, None)
