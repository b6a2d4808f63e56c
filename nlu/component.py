"""`QuadNLU`: the joint model as one Rasa graph component, listed in config.yml."""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
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

from nlu.decoding import Entity
from nlu.engine import Engine, Parse
from nlu.normalise.spans import normalised

logger = logging.getLogger(__name__)
_HERE = Path(__file__).parent


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
        """`weights`: the folder of nlu.train; `encoder`: its pretrained base, by name or folder."""
        return {"weights": "nlu/weights", "encoder": None}

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
        return component

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Rasa's cache looks at this class alone; weights and modules beside it count too."""
        digest = hashlib.sha256()
        # Rasa hands in the node's own configuration here, without the defaults.
        weights = Path({**cls.get_default_config(), **config}["weights"])
        for path in sorted([*_HERE.rglob("*.py"), *weights.glob("joint.*")]):
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Pack the committed weights into the model archive; nothing is learnt here."""
        from nlu.pack import pack_joint  # torch is needed for packing alone

        with self._storage.write_to(self._resource) as folder:
            pack_joint(Path(self._config["weights"]), self._config["encoder"], Path(folder))
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing behind this component reads its predictions in training."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent, ranking and entities of every message that was not parsed before."""
        for message in messages:
            if not message.get(INTENT):
                self._parse(message)
        return messages

    def _parse(self, message: Message) -> None:
        if self._engine is None:
            raise RuntimeError("QuadNLU was not loaded")
        text = message.get(TEXT) or ""
        parse = self._engine.parse(text)
        if parse.truncated:
            logger.info("a message of %d characters was read in part", len(text))
        ranking = _ranking(parse)
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        found = [_entity(text, entity) for entity in parse.entities]
        message.set(ENTITIES, found, add_to_output=True)


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
