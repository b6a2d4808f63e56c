"""Reads our own YAML files with libyaml, ten times as fast as in pure Python: starts are quick."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(path: Path) -> Any:
    """What a file holds; raise `yaml.YAMLError`. Both loaders make plain values alone."""
    return yaml.load(path.read_text(encoding="utf-8"), _LOADER)  # noqa: S506
