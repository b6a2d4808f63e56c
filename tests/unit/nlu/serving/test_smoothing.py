"""Easing products into 8 bits: the same answers, and nothing rounded that rounds badly."""

from __future__ import annotations

import numpy as np
import onnx
import onnxruntime as ort
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from nlu.serving.smoothing import easy_products, smooth


def model_of(*matrices: NDArray[np.float32]) -> onnx.ModelProto:
    """Products one after another, "x" in, "y0", "y1" … out."""
    nodes, weights, outputs, last = [], [], [], "x"
    for place, matrix in enumerate(matrices):
        weights.append(numpy_helper.from_array(matrix, f"w{place}"))
        nodes.append(
            helper.make_node("MatMul", [last, f"w{place}"], [f"y{place}"], name=f"m{place}")
        )
        outputs.append(helper.make_tensor_value_info(f"y{place}", TensorProto.FLOAT, None))
        last = f"y{place}"
    given = helper.make_tensor_value_info("x", TensorProto.FLOAT, [None, len(matrices[0])])
    graph = helper.make_graph(nodes, "g", [given], outputs, weights)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def answers(model: onnx.ModelProto, x: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, {"x": x})


def random(*shape: int, seed: int = 0) -> NDArray[np.float32]:
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


def with_outliers(rows: int) -> NDArray[np.float32]:
    values = random(rows, 8, seed=1)
    values[:, 3] *= 100
    return values


def test_the_products_stay_the_same() -> None:
    model, x = model_of(random(8, 8), random(8, 12, seed=2)), with_outliers(5)
    before = answers(model, x)
    smooth(model, [{"x": with_outliers(20)}])
    for was, now in zip(before, answers(model, x), strict=True):
        assert now == pytest.approx(was, rel=1e-3, abs=1e-3)


def test_a_large_channel_is_brought_nearer_to_the_rest() -> None:
    model = model_of(random(8, 8))
    smooth(model, [{"x": with_outliers(20)}])
    (scale,) = (t for t in model.graph.initializer if t.name.endswith("/scale"))
    eased = np.abs(with_outliers(20) * numpy_helper.to_array(scale)).max(axis=0)
    assert eased[3] / np.median(eased) < 10  # it was about a hundred times the rest


def test_products_that_narrow_are_not_easy() -> None:
    model = model_of(random(8, 8), random(8, 4))
    assert [node.name for nodes in easy_products(model).values() for node in nodes] == ["m0"]
