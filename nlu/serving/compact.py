"""Makes an exported model fast on a CPU: fused layers, and products in 8 bits.

With one scale for a whole tensor, up to 2% of our held-out predictions changed. So most products
are eased first (smoothing.py), and the rest share scales by 64 weights only, which takes longer
(docs/results.md has the figures).
"""

from __future__ import annotations

import logging
import platform
from collections.abc import Sequence
from pathlib import Path

import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import (
    DefaultWeightOnlyQuantConfig,
    MatMulNBitsQuantizer,
)
from onnxruntime.transformers.fusion_options import FusionOptions
from onnxruntime.transformers.optimizer import optimize_model

from nlu.serving.smoothing import Feed, easy_products, smooth

_BLOCK = 64  # weights that share a scale, and the inputs they meet, where products are not easy
_BYTES_MULTIPLIED = 4  # onnxruntime's accuracy level at which those products are 8-bit too


def compact(path: Path, heads: int, width: int, feeds: Sequence[Feed]) -> None:
    """Rewrite the model at `path`, a BERT-like encoder with `heads` of attention, in place.

    feeds: inputs as they will be served, to learn the sizes of activations from.
    """
    logging.disable(logging.WARNING)  # each fusion and each rounding announces itself
    try:
        options = FusionOptions("bert")
        options.use_multi_head_attention = True  # its projections stay apart, to be rounded too
        fused = optimize_model(
            str(path), "bert", heads, width, optimization_options=options, opt_level=1
        ).model
        smooth(fused, feeds)
        _round(fused, path)
    finally:
        logging.disable(logging.NOTSET)


def _round(model: onnx.ModelProto, path: Path) -> None:
    easy = [node.name for nodes in easy_products(model).values() for node in nodes]
    quantize_dynamic(
        model,
        str(path),
        per_channel=True,
        reduce_range=_overflows(),
        weight_type=QuantType.QInt8,
        nodes_to_quantize=easy,
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )
    config = DefaultWeightOnlyQuantConfig(
        block_size=_BLOCK, is_symmetric=True, accuracy_level=_BYTES_MULTIPLIED, bits=8
    )
    others = MatMulNBitsQuantizer(onnx.load(path), algo_config=config)
    others.process()
    onnx.save(others.model.model, str(path))


def _overflows() -> bool:
    """Whether this processor sums 8-bit products in 16 bits: weights take seven then."""
    processor = Path("/proc/cpuinfo")
    known = platform.machine() in ("x86_64", "AMD64") and processor.exists()
    return known and "vnni" not in processor.read_text()
