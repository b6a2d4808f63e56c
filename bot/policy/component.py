"""`FramePolicy`: predicts the next act from the dialogue state; listed in config.yml."""

from __future__ import annotations

from typing import Any

from rasa.core.featurizers.tracker_featurizers import TrackerFeaturizer
from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.decide import candidates
from bot.dialogue.state import DialogueState
from bot.policy.agents import Decision
from bot.policy.factory import RULE, served
from bot.policy.learned import memory_of
from bot.policy.recalling import decided

_SLOT = "dialogue"


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class FramePolicy(Policy):
    """An agent's choice among the acts that `bot.dialogue.decide` lets through."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`priority` below `RulePolicy`'s (6), so that its rules win; `agent`: who chooses where
        there is a choice: rule, dqn, pg or supervised (`bot.policy.factory`).
        """
        return {"priority": 5, "max_history": None, "agent": RULE}

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        featurizer: TrackerFeaturizer | None = None,
    ) -> None:
        super().__init__(config, model_storage, resource, execution_context, featurizer)
        self._agent = served(self.config["agent"])
        self._memory = memory_of(self._agent)

    def train(
        self,
        training_trackers: list[TrackerWithCachedStates],
        domain: Domain,
        **kwargs: Any,
    ) -> Resource:
        """Learned policies are trained apart: `make train-policy`."""
        return self._resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """All probability on the one act that comes next."""
        state = DialogueState.from_json(tracker.get_slot(_SLOT))
        message_id, executed = _since_message(tracker)
        masked = candidates(state, executed, message_id)
        act = masked[0]
        if len(masked) > 1:
            past = decided(tracker, self._memory + 1) if self._memory else ()
            act = self._agent.choose(Decision(state, tuple(executed), masked, past))
        probabilities = self._default_predictions(domain)
        probabilities[domain.index_for_action(act.value)] = 1.0
        return self._prediction(probabilities)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> FramePolicy:
        """Nothing was persisted, so a new one is the same one."""
        return cls(config, model_storage, resource, execution_context)


def _since_message(tracker: DialogueStateTracker) -> tuple[str, list[str]]:
    """The latest message's id, and the acts executed since."""
    executed: list[str] = []
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            return str(event.message_id), executed[::-1]
        if isinstance(event, ActionExecuted) and event.action_name:
            executed.append(event.action_name)
    return "", executed[::-1]
