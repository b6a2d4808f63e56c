"""Eases an exported model's products into 8 bits (Xiao et al. 2022, "SmoothQuant").

A few channels of a transformer's activations are far larger than the rest, and one scale for all
would crush the others. Part of each channel's size is moved into the weights behind it: the product
stays the same, and both sides round well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import onnx
import onnxruntime as ort
from numpy.typing import NDArray
from onnx import helper, numpy_helper

Feed = Mapping[str, NDArray[Any]]
_MOVED = 0.75  # the exponent of the activations' part; the best of 0.35 to 0.8
_LEAST = 1e-5


def easy_products(model: onnx.ModelProto) -> dict[str, list[onnx.NodeProto]]:
    """The products with a matrix of weights, by what they multiply.

    Those that narrow are left out: behind a GELU the sizes differ from word to word as well.
    """
    tensors = model.graph.initializer
    matrices = {t.name for t in tensors if len(t.dims) == 2 and t.dims[0] <= t.dims[1]}
    found: dict[str, list[onnx.NodeProto]] = {}
    for node in model.graph.node:
        if node.op_type == "MatMul" and node.input[1] in matrices:
            found.setdefault(node.input[0], []).append(node)
    return found


def smooth(model: onnx.ModelProto, feeds: Sequence[Feed]) -> None:
    """Rescale every easy product in place by what its input's channels reach on `feeds`."""
    products = easy_products(model)
    sizes = _sizes(model, list(products), feeds)
    weights = {tensor.name: tensor for tensor in model.graph.initializer}
    for name, nodes in products.items():
        tensors = [weights[node.input[1]] for node in nodes]
        factors = _factors(sizes[name], [numpy_helper.to_array(tensor) for tensor in tensors])
        for tensor in tensors:
            moved = numpy_helper.to_array(tensor) * factors[:, None]
            tensor.CopyFrom(numpy_helper.from_array(moved, tensor.name))
        _divide_before(model.graph, name, nodes, factors)


def _sizes(
    model: onnx.ModelProto, names: Sequence[str], feeds: Sequence[Feed]
) -> dict[str, NDArray[np.float32]]:
    """The largest absolute value of each channel."""
    probe = onnx.ModelProto()
    probe.CopyFrom(model)
    for name in names:
        shapeless = helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None)
        probe.graph.output.append(shapeless)
    session = ort.InferenceSession(probe.SerializeToString(), providers=["CPUExecutionProvider"])
    sizes: dict[str, NDArray[np.float32]] = {}
    for feed in feeds:
        for name, values in zip(names, session.run(names, feed), strict=True):
            largest = np.abs(values).reshape(-1, values.shape[-1]).max(axis=0)
            sizes[name] = np.maximum(sizes.get(name, _LEAST), largest)
    return sizes


def _factors(
    sizes: NDArray[np.float32], matrices: Sequence[NDArray[np.float32]]
) -> NDArray[np.float32]:
    of_weights = np.max([np.abs(matrix).max(axis=1) for matrix in matrices], axis=0)
    raw = sizes**_MOVED / np.maximum(of_weights, _LEAST) ** (1 - _MOVED)
    factors: NDArray[np.float32] = (raw / np.exp(np.log(raw).mean())).astype(np.float32)
    return factors


def _divide_before(
    graph: onnx.GraphProto,
    name: str,
    nodes: Sequence[onnx.NodeProto],
    factors: NDArray[np.float32],
) -> None:
    scale, eased = f"{name}/scale", f"{name}/eased"
    graph.initializer.append(numpy_helper.from_array(1 / factors, scale))
    place = min(place for place, node in enumerate(graph.node) if node in nodes)
    for node in nodes:
        node.input[0] = eased
    graph.node.insert(place, helper.make_node("Mul", [name, scale], [eased], name=eased))
