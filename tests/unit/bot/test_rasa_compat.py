"""The stand-ins that let Rasa import, and what they put back."""

from __future__ import annotations

import importlib
import subprocess
import sys

import numpy as np
import pytest

from bot import rasa_compat

rasa_compat.install()


def test_left_out_parts_can_be_named_but_not_used() -> None:
    module = importlib.import_module("rasa.core.policies.ted_policy")
    kind = module.TEDPolicy
    assert issubclass(type("Mine", (kind,), {}), kind)
    with pytest.raises(rasa_compat.LeftOut, match="TEDPolicy"):
        kind()


def test_plots_are_skipped() -> None:
    plotting = importlib.import_module("rasa.utils.plotting")
    assert plotting.plot_confusion_matrix([], []) is None


def test_dropped_names_are_back() -> None:
    from packaging import version

    assert np.float_ is np.float64
    assert issubclass(version.LegacyVersion, version.Version)


def test_installing_twice_adds_one_finder() -> None:
    rasa_compat.install()
    finders = [f for f in sys.meta_path if isinstance(f, rasa_compat.StandInFinder)]
    assert len(finders) == 1


def test_the_server_imports_neither_tensorflow_nor_torch() -> None:
    code = (
        "from bot.rasa_compat import install, patch_server; install()\n"
        "import rasa.core.run, rasa.server; patch_server(); import sys\n"
        "print(sorted({'torch', 'tensorflow', 'transformers'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_messages_keep_their_ends_and_action_calls_stay_small() -> None:
    from rasa.core.actions.action import RemoteAction
    from rasa.core.channels.channel import UserMessage
    from rasa.shared.core.domain import Domain
    from rasa.shared.core.events import BotUttered
    from rasa.shared.core.trackers import DialogueStateTracker

    rasa_compat.patch_server()
    rasa_compat.patch_server()
    assert UserMessage("  hi ").text == "  hi "
    tracker = DialogueStateTracker("x", [])
    tracker.update(BotUttered("A long list."))
    call = RemoteAction("action_x", None)._action_call_format(tracker, Domain.empty())
    assert call["next_action"] == "action_x"
    assert call["tracker"]["events"] == []
    assert "domain" not in call
    assert len(tracker.events) == 1  # Rasa's own is left as it was
    assert RemoteAction("action_x", None)._validate_action_result({"events": [], "responses": []})
