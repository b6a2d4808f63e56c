"""All texts of the assistant, read from the responses in `bot/domain/*.yml`.

Rasa itself utters the simple ones; lists and anything with parts are put together here, from
responses that stand beside the others, so that every word students read is in one place.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from knowledge import yaml_files

DOMAIN = Path(__file__).parent.parent / "bot" / "domain"


class UnknownText(KeyError):
    """A response that no domain file holds."""


class RepeatedText(ValueError):
    """A response that stands in two domain files, of which one would be lost without a word."""


class Texts:
    """Renders responses; several wordings of one take turns."""

    def __init__(
        self, responses: Mapping[str, list[str]], buttons: Mapping[str, list[str]] | None = None
    ) -> None:
        self._responses = responses
        self._buttons = buttons or {}

    @classmethod
    def read(cls, folder: Path = DOMAIN) -> Texts:
        """Read every domain file; raise RepeatedText."""
        responses: dict[str, list[str]] = {}
        buttons: dict[str, list[str]] = {}
        for path in sorted(folder.glob("*.yml")):
            data = yaml_files.read(path) or {}
            for name, variants in (data.get("responses") or {}).items():
                if name in responses:
                    raise RepeatedText(f"{path.name}: {name}")
                responses[name] = [variant["text"] for variant in variants]
                shown = (each["payload"] for v in variants[:1] for each in v.get("buttons", ()))
                buttons[name] = list(shown)
        return cls(responses, buttons)

    def has(self, name: str) -> bool:
        """Whether there is such a response."""
        return name in self._responses

    def count(self, name: str) -> int:
        """How many wordings a response has; 0 when there is none of that name."""
        return len(self._responses.get(name, ()))

    def render(self, name: str, turn: int, /, **facts: Any) -> str:
        """The wording for this turn with its facts filled in; raise UnknownText."""
        if name not in self._responses:
            raise UnknownText(name)
        variants = self._responses[name]
        return variants[turn % len(variants)].format(**facts)

    def buttons(self, name: str, /, **facts: Any) -> list[str]:
        """What the buttons of a response say when they are pressed; [] where it has none."""
        return [said.format(**facts) for said in self._buttons.get(name, ())]
