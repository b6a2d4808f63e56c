"""What people say to any assistant: CLINC150's training part, read in our intents.

Its greetings, thanks, agreements and the like are ours too, in more words than our authors found;
its other subjects, from banking to cooking, are `other`. Slots are not known there, so these items
teach intents alone. The set (Larson et al. 2019, CC BY 3.0) is not shipped: nlu.train is told where
it lies.
"""

from __future__ import annotations

import json
import random
from pathlib import Path

from nlu.turns import Conversation, Turn
from nlu.words import split

_OURS = {
    "yes": "affirm", "no": "deny", "cancel": "cancel", "greeting": "greet", "goodbye": "goodbye",
    "thank_you": "thank", "what_can_i_ask_you": "help",
}  # fmt: skip
# Near enough to a question of ours that they would teach a wrong border.
_UNCLEAR = frozenset(
    "maybe repeat calendar calendar_update meeting_schedule schedule_meeting todo_list reminder "
    "todo_list_update reminder_update definition next_holiday application_status".split()
)
_OF_EACH, _OTHERS = 30, 400  # an epoch


class SmallTalk:
    """Draws from the training part anew in each epoch."""

    def __init__(self, rows: list[tuple[str, str]]) -> None:
        self._by_intent: dict[str, list[str]] = {}
        for text, name in rows:
            if name not in _UNCLEAR:
                self._by_intent.setdefault(_OURS.get(name, "other"), []).append(text)

    @classmethod
    def read(cls, folder: Path) -> SmallTalk:
        """From the JSON files that hold "train" and "oos_train"; KeyError when none does."""
        data: dict[str, list[tuple[str, str]]] = {}
        for path in sorted(folder.glob("*.json")):
            data |= json.loads(path.read_text(encoding="utf-8"))
        return cls([*data["train"], *data["oos_train"]])

    def draw(self, chance: random.Random) -> list[Conversation]:
        """An epoch's share: some of each intent, no slots."""
        found: list[Conversation] = []
        for intent, texts in self._by_intent.items():
            count = min(_OTHERS if intent == "other" else _OF_EACH, len(texts))
            found += [_turn(text, intent) for text in chance.sample(texts, count)]
        return found


def _turn(text: str, intent: str) -> Conversation:
    return (Turn(tuple(word.text for word in split(text).words), None, intent),)
