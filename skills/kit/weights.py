"""Committed weights: float16 safetensors in `skills/weights/NAME/`, beside card and figures."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import nn

from skills.errors import WeightsMissing
from skills.kit.figures import FOLDER as FOLDER  # tests put another in its place

MAX_BYTES = 8 * 1024 * 1024
Net = TypeVar("Net", bound=nn.Module)


def save(net: nn.Module, name: str, part: str = "model") -> Path:
    """Write the network's state as float16 (buffers that count stay whole numbers)."""
    path = FOLDER / name / f"{part}.safetensors"
    path.parent.mkdir(parents=True, exist_ok=True)
    state = {
        key: (tensor.half() if tensor.is_floating_point() else tensor).cpu().contiguous()
        for key, tensor in net.state_dict().items()
    }
    save_file(state, path)
    return path


def load(net: Net, name: str, part: str = "model") -> Net:
    """The network with its committed weights, ready to answer; raise WeightsMissing."""
    return load_from(net, FOLDER / name / f"{part}.safetensors")


def load_from(net: Net, path: Path) -> Net:
    """The network with the weights of a file; raise WeightsMissing if absent or others'."""
    try:
        state = load_file(path)
        net.load_state_dict(
            {
                key: tensor.float() if tensor.is_floating_point() else tensor
                for key, tensor in state.items()
            }
        )
    except (OSError, SafetensorError, RuntimeError) as error:
        raise WeightsMissing(str(path)) from error
    return net.eval()
