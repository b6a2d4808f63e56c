"""Lets Rasa 3.6.21 (of 2023) live beside today's libraries, without TensorFlow.

Owned by the composition roots: whoever imports `rasa` calls `install()` first, and processes that
serve call `patch_server()` after the import. Seven things stand in the way, one section each:

1. Leaf modules of Rasa import TensorFlow, vendor SDKs or matplotlib at module level. They are
   replaced by inert stand-ins through a meta-path finder, so that `tensorflow` itself stays absent
   and other libraries are not misled. A stand-in can be subclassed and compared, never called.
2. Three names that numpy 2 and packaging 22 dropped are put back.
3. Sanic 21.12 hands a bare coroutine to `asyncio.wait`, which Python 3.11 refuses.
4. Rasa checks its own JSON schema, and then each answer by it, on every action call (63% of a
   turn); our own action server answers, so the outer form is checked and Rasa's slow check
   explains what is wrong with it. And it lists all classes of events to read one.
5. Rasa sends a conversation's whole history to the action server on every call; ours reads slots
   and the latest message alone, so the history stays at home and turns stay fast.
6. Rasa strips a message's ends before parsing, so that offsets no longer fit what was sent.
7. Rasa parses the domain of a packed model four times in pure Python, once to check what was
   checked when it was packed; one time is enough to start (1.5 s of five).
"""

from __future__ import annotations

import asyncio
import functools
import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

_RASA_MODULES = frozenset(
    {
        "rasa.nlu.classifiers.diet_classifier",
        "rasa.nlu.selectors.response_selector",
        "rasa.nlu.featurizers.dense_featurizer.convert_featurizer",
        "rasa.nlu.featurizers.dense_featurizer.lm_featurizer",
        "rasa.core.policies.ted_policy",
        "rasa.core.policies.unexpected_intent_policy",
        "rasa.utils.tensorflow.callback",
        "rasa.utils.tensorflow.data_generator",
        "rasa.utils.tensorflow.model_data",  # and with it scikit-learn, 0.7 s of a start
        "rasa.core.channels.botframework",
        "rasa.core.channels.facebook",
        "rasa.core.channels.hangouts",
        "rasa.core.channels.mattermost",
        "rasa.core.channels.rocketchat",
        "rasa.core.channels.telegram",
        "rasa.core.channels.twilio",
        "rasa.core.channels.twilio_voice",
        "rasa.core.channels.webexteams",
        "rasa.core.brokers.pika",
        "rasa.core.training.interactive",
        "rasa.utils.plotting",
    }
)
# Distributions that Rasa imports at module level and that are only needed for stores we do not use.
_OPTIONAL = ("aio_pika", "aiormq", "boto3", "botocore", "pymongo")


class LeftOut(RuntimeError):
    """Raised when a part of Rasa that this build leaves out is used after all."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is left out of this build: it needs TensorFlow or a vendor SDK")


# 1. Stand-ins ---------------------------------------------------------------------------------


class _StandInMeta(type):
    def __getattr__(cls, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return _stand_in(cls.__module__, f"{cls.__qualname__}.{name}")

    def __iter__(cls) -> Iterator[Any]:
        return iter(())


class StandIn(Exception, metaclass=_StandInMeta):
    """A class that can be subclassed, compared, annotated with and caught, never created."""

    def __new__(cls, *args: Any, **kwargs: Any) -> StandIn:  # noqa: D102
        raise LeftOut(f"{cls.__module__}.{cls.__qualname__}")

    @classmethod
    def name(cls) -> str:
        """Rasa registers channels under this name."""
        return cls.__module__.rpartition(".")[2]


def _stand_in(module: str, name: str) -> type:
    namespace = {"__module__": module, "__qualname__": name}
    return _StandInMeta(name.rpartition(".")[2], (StandIn,), namespace)


def _skip_plot(*args: Any, **kwargs: Any) -> None:
    """Plots of `rasa test` are skipped rather than refused."""


class StandInFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the modules above before the ordinary path does."""

    def __init__(self, absent: frozenset[str]) -> None:
        self._absent = absent

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Claim Rasa's leaf modules and absent optional distributions with their submodules."""
        leaf = name in _RASA_MODULES
        if leaf or name.partition(".")[0] in self._absent:
            return importlib.machinery.ModuleSpec(name, self, is_package=not leaf)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType | None:
        """Python's default module is right."""
        return None

    def exec_module(self, module: ModuleType) -> None:
        """Give the module a `__getattr__` (PEP 562) that makes a stand-in for any name."""

        def attribute(name: str) -> Any:
            if name.startswith("__"):
                raise AttributeError(name)
            plotting = module.__name__ == "rasa.utils.plotting"
            value = _skip_plot if plotting else _stand_in(module.__name__, name)
            setattr(module, name, value)
            return value

        setattr(module, "__getattr__", attribute)  # noqa: B010 - mypy refuses the plain form


def install() -> None:
    """Make `import rasa` work; idempotent, and to be called before it."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")  # else Rasa calls out at boot
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    if not any(isinstance(finder, StandInFinder) for finder in sys.meta_path):
        absent = frozenset(name for name in _OPTIONAL if importlib.util.find_spec(name) is None)
        sys.meta_path.insert(0, StandInFinder(absent))
    _put_back_names()


# 2. Dropped names -----------------------------------------------------------------------------


def _put_back_names() -> None:
    import numpy as np
    import packaging.version as versions

    if not hasattr(versions, "LegacyVersion"):
        versions.LegacyVersion = type("LegacyVersion", (versions.Version,), {})
    if not hasattr(np, "VisibleDeprecationWarning"):
        np.VisibleDeprecationWarning = np.exceptions.VisibleDeprecationWarning
    if not hasattr(np, "float_"):
        np.float_ = np.float64


# 3. to 7. The running server ------------------------------------------------------------------


def patch_server() -> None:
    """Mend WebSockets and lighten action calls; to be called once `rasa` can be imported."""
    _patch_websockets()
    _patch_action_calls()
    _patch_message_text()
    _patch_domain_reading()


def _patch_websockets() -> None:
    from sanic.server.websockets.frame import WebsocketFrameAssembler

    original = WebsocketFrameAssembler.get
    if getattr(original, "returns_task", False):
        return

    def get(self: Any, timeout: float | None = None) -> asyncio.Task[Any]:
        return asyncio.ensure_future(original(self, timeout))

    setattr(get, "returns_task", True)  # noqa: B010 - functions have no such attribute for mypy
    WebsocketFrameAssembler.get = get


def _patch_action_calls() -> None:
    from rasa.core.actions.action import RemoteAction
    from rasa.shared.core.events import Event

    if getattr(RemoteAction, "is_light", False):
        return
    explain = RemoteAction._validate_action_result

    def validate(self: Any, result: Any) -> bool:
        parts = [result.get(part) for part in ("events", "responses")] if result else [None]
        return all(isinstance(part, list) for part in parts) or bool(explain(self, result))

    def call_format(self: Any, tracker: Any, domain: Any) -> dict[str, Any]:
        from rasa import __version__
        from rasa.shared.core.trackers import EventVerbosity

        state = tracker.current_state(EventVerbosity.NONE)
        body = {"next_action": self._name, "sender_id": tracker.sender_id}
        return {**body, "tracker": {**state, "events": []}, "version": __version__}

    RemoteAction._validate_action_result = validate
    RemoteAction._action_call_format = call_format
    RemoteAction.is_light = True
    Event.resolve_by_type = staticmethod(functools.cache(Event.resolve_by_type))


def _patch_message_text() -> None:
    from rasa.core.channels.channel import UserMessage

    if getattr(UserMessage, "keeps_text", False):
        return
    original = UserMessage.__init__

    def begin(self: Any, text: str | None = None, *args: Any, **kwargs: Any) -> None:
        original(self, text, *args, **kwargs)
        self.text = text or ""

    UserMessage.__init__ = begin
    UserMessage.keeps_text = True


def _patch_domain_reading() -> None:
    from rasa.shared.core.domain import Domain
    from rasa.shared.utils import io

    def from_directory(cls: Any, path: str) -> Any:
        combined: dict[str, Any] = {}
        for file in sorted(Path(path).rglob("*.yml")):
            combined = cls.merge_domain_dicts(io.read_yaml_file(file), combined)
        return cls.from_dict(combined)

    Domain.from_directory = classmethod(from_directory)
