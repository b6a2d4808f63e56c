"""Reads an ImageNet VGG (16 or 19 convolutions) from a file in torchvision's layout."""

from __future__ import annotations

import pickle
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

from skills.errors import WeightsMissing
from skills.style.features import Features, Layout, bias_of

_MEAN, _SPREAD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
_WIDTHS = (64, 128, 256, 512)
# Where torchvision's `features` have their convolutions, up to conv4_1.
_PLACES = {
    (2, 2, 3, 1): (0, 2, 5, 7, 10, 12, 14, 17),
    (2, 2, 4, 1): (0, 2, 5, 7, 10, 12, 14, 16, 19),
}


def load_vgg(path: Path, widths: tuple[int, ...] = _WIDTHS) -> Features:
    """The convolutions of a .safetensors or .pt file, frozen; raise WeightsMissing.

    Only who starts a program gives such a path, never an option of a job.
    """
    state = _state(path)
    depths = (2, 2, 4, 1) if "features.16.weight" in state else (2, 2, 3, 1)
    net = Features(Layout(widths, depths, _MEAN, _SPREAD))
    try:
        with torch.no_grad():
            for place, (_, conv) in zip(_PLACES[depths], net.named_convs(), strict=True):
                conv.weight.copy_(state[f"features.{place}.weight"])
                bias_of(conv).copy_(state[f"features.{place}.bias"])
    except (KeyError, RuntimeError) as error:
        raise WeightsMissing(str(path)) from error
    return net.frozen()


def _state(path: Path) -> dict[str, Tensor]:
    try:
        if path.suffix == ".safetensors":
            return load_file(path)
        state: dict[str, Tensor] = torch.load(path, map_location="cpu", weights_only=True)
    except (OSError, SafetensorError, RuntimeError, pickle.UnpicklingError, EOFError) as error:
        raise WeightsMissing(str(path)) from error
    return state
