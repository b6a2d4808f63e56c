"""What Quad's model reads in an epoch: hand-written utterances and dialogues, generated items."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from nlu.data.dialogue_files import DIALOGUES, Dialogue, conversation_of, read_dialogues
from nlu.data.generator import Vocabulary, generate
from nlu.data.items import Item
from nlu.data.reading import HAND, read_folder
from nlu.data.small_talk import SmallTalk
from nlu.data.splits import Splits, outlines, split_dialogues, split_items
from nlu.data.variation import varied
from nlu.turns import Conversation, Turn, said, turn_of, unlabelled

_BEGINNINGS = 0.15  # of the whole requests follow an unrelated conversation, to be ignored
_WHOLE = frozenset({"enroll", "drop", "swap", "inform", "my_schedule", "skill", "lecture_question"})


@dataclass(frozen=True)
class Sources:
    """Which data trains; the ablations leave some out."""

    generated: int = 2500  # items from templates, fresh in each epoch
    hand: bool = True
    varied_copies: int = 1  # of each hand-written item, with other values in its spans
    dialogues: bool = True
    small_talk: Path | None = None  # CLINC150's folder


@dataclass(frozen=True)
class OwnData:
    """Hand-written utterances and dialogues by their use."""

    items: Splits
    train_dialogues: tuple[Dialogue, ...]
    dev_dialogues: tuple[Dialogue, ...]
    test_dialogues: tuple[Dialogue, ...]

    @classmethod
    def read(cls) -> OwnData:
        """Everything in nlu/data."""
        return cls(split_items(read_folder(HAND)), *split_dialogues(read_dialogues(DIALOGUES)))

    @property
    def held_out(self) -> set[str]:
        """Outlines that must not train."""
        of_dialogues = (
            item for d in (*self.dev_dialogues, *self.test_dialogues) for item in d.items
        )
        return outlines((*self.items.dev, *self.items.test, *of_dialogues))

    @property
    def dev(self) -> list[Conversation]:
        """Single utterances and whole dialogues."""
        return [*singles(self.items.dev), *map(conversation_of, self.dev_dialogues)]


def singles(items: tuple[Item, ...] | list[Item]) -> list[Conversation]:
    """Each as a conversation of one turn."""
    return [(turn_of(item),) for item in items]


class OwnTraining:
    """The conversations of each epoch, the same for the same seed."""

    def __init__(self, data: OwnData, sources: Sources, seed: int) -> None:
        self._sources, self._seed = sources, seed
        self._held_out = data.held_out
        self._items = [item for item in data.items.train if item.outline not in self._held_out]
        self._dialogues = [self._without_held_out(d) for d in data.train_dialogues]
        self._vocabulary = Vocabulary.read()
        self._talk = SmallTalk.read(sources.small_talk) if sources.small_talk else None

    def __call__(self, epoch: int) -> list[Conversation]:
        """Deterministic by seed and epoch."""
        seed = 1000 * self._seed + epoch
        chance = random.Random(seed)
        found = self._singles(chance, seed)
        if self._talk is not None:
            found += self._talk.draw(chance)
        if self._sources.dialogues:
            found = [self._after_another(turns, chance) for turns in found]
            found += self._dialogues
        return found

    def _singles(self, chance: random.Random, seed: int) -> list[Conversation]:
        items: list[Item] = []
        if self._sources.hand:
            items += self._items
            for _ in range(self._sources.varied_copies):
                items += [varied(item, self._vocabulary, chance) for item in self._items]
        fresh = generate(self._sources.generated, seed) if self._sources.generated else []
        return singles(items + [item for item in fresh if item.outline not in self._held_out])

    def _after_another(self, turns: Conversation, chance: random.Random) -> Conversation:
        """Sometimes behind the beginning of some dialogue that has nothing to do with it."""
        whole = turns[0].intent in _WHOLE and len(turns[0].words) > 2
        if not self._dialogues or not whole or chance.random() > _BEGINNINGS:
            return turns
        before = chance.choice(self._dialogues)[: 2 * chance.randint(1, 2)]
        return (*(unlabelled(turn) for turn in before), *turns)

    def _without_held_out(self, dialogue: Dialogue) -> Conversation:
        """A turn whose form is held out is still context, but teaches nothing."""
        return tuple(
            self._masked(turn, item)
            for turn, item in zip(conversation_of(dialogue), dialogue.turns, strict=True)
        )

    def _masked(self, turn: Turn, item: Item | str) -> Turn:
        if isinstance(item, Item) and item.outline in self._held_out:
            return said(item.text, of_user=True)
        return turn
