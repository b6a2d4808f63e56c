"""`QuadNLU`: the joint model as one Rasa graph component, listed in config.yml.

It reads the conversation's tracker beside the message: both sides' last turns are its memory.
"""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path
from typing import Any, Optional
from weakref import WeakSet

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import (
    ENTITIES,
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.encoders.location import DEFAULT, kind_of
from nlu.entities import Entity
from nlu.normalise.spans import normalised
from nlu.serving.engine import Engine, Parse, Said
from nlu.turns import REMEMBERED

UNSURE = "unsure"  # beside intent and entities: nothing is likely enough to act on
logger = logging.getLogger(__name__)
_HERE = Path(__file__).parent
_LOADED: WeakSet[Engine] = WeakSet()


@DefaultV1Recipe.register(
    [
        DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER,
        DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR,
    ],
    is_trainable=True,
)
class QuadNLU(GraphComponent):
    """Classifies the intent and tags the slots; "training" packs the committed weights."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`encoder`: a transformer's name or folder, "bilstm" or "cnn"; `weights`: the folder that
        holds a folder for each kind, made by nlu.train.
        """
        return {"weights": "nlu/weights", "encoder": DEFAULT}

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._engine: Engine | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> QuadNLU:
        """Called by Rasa before packing."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> QuadNLU:
        """Read the packed model from Rasa's archive."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._engine = Engine.load(Path(folder))
            _LOADED.add(component._engine)
        return component

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Rasa's cache looks at this class alone; weights and modules beside it count too."""
        digest = hashlib.sha256()
        # Rasa hands in the node's own configuration here, without the defaults.
        weights = _weights({**cls.get_default_config(), **config})
        for path in sorted([*_HERE.rglob("*.py"), *weights.glob("joint.*")]):
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Pack the committed weights into the model archive; nothing is learnt here."""
        from nlu.serving.pack import pack_joint  # torch is needed for packing alone

        with self._storage.write_to(self._resource) as folder:
            pack_joint(_weights(self._config), self._config["encoder"], Path(folder))
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing behind this component reads its predictions in training."""
        return training_data

    def process(
        self,
        messages: list[Message],
        tracker: Optional[DialogueStateTracker] = None,  # noqa: UP045 - Rasa reads this type
    ) -> list[Message]:
        """Set intent, ranking and entities of every message that was not parsed before."""
        past = said_before(tracker) if tracker is not None else []
        for message in messages:
            if not message.get(INTENT):
                self._parse(message, past)
        return messages

    def _parse(self, message: Message, past: list[Said]) -> None:
        if self._engine is None:
            raise RuntimeError("QuadNLU was not loaded")
        text = message.get(TEXT) or ""
        parse = self._engine.parse(text, past)
        if parse.truncated:
            logger.info("a message of %d characters was read in part", len(text))
        ranking = _ranking(parse)
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        found = [_entity(text, entity) for entity in parse.entities]
        message.set(ENTITIES, found, add_to_output=True)
        message.set(UNSURE, parse.unsure, add_to_output=True)


def remember(past: list[Said]) -> None:
    """Let every loaded model encode what was just said while the student reads it."""
    for engine in list(_LOADED):
        engine.remember(past)


def said_before(tracker: DialogueStateTracker) -> list[Said]:
    """The conversation's last utterances of both sides, in order, since it was last restarted."""
    found: list[Said] = []
    for event in reversed(tracker.events):
        if isinstance(event, ActionExecuted) and event.action_name == "action_restart":
            break
        if isinstance(event, UserUttered | BotUttered) and event.text:
            found.append(Said(event.text, isinstance(event, UserUttered)))
            if len(found) == REMEMBERED:
                break
    return found[::-1]


def _weights(config: dict[str, Any]) -> Path:
    return Path(config["weights"]) / kind_of(config["encoder"])


def _ranking(parse: Parse) -> list[dict[str, Any]]:
    return [{INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: sure} for name, sure in parse.ranking]


def _entity(text: str, entity: Entity) -> dict[str, Any]:
    raw = text[entity.start : entity.end]
    data: dict[str, Any] = {
        "entity": entity.slot,
        "value": raw,
        "start": entity.start,
        "end": entity.end,
        "confidence": entity.confidence,
        "confidence_entity": entity.confidence,
        "extractor": "QuadNLU",
    }
    if entity.role is not None:
        data["role"] = entity.role
    if (value := normalised(entity.slot, raw)) is not None:
        data["normalized"] = value
    return data
