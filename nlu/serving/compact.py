"""Makes an exported model fast on a CPU: fused layers, and 8-bit weights in small blocks.

Dynamic int8 of whole tensors changed 1-2% of our held-out predictions, so scales are shared by 64
weights only (docs/results.md has the figures).
"""

from __future__ import annotations

import logging
from pathlib import Path

import onnx
from onnxruntime.quantization.matmul_nbits_quantizer import (
    DefaultWeightOnlyQuantConfig,
    MatMulNBitsQuantizer,
)
from onnxruntime.transformers.fusion_options import FusionOptions
from onnxruntime.transformers.optimizer import optimize_model

_BLOCK = 64  # weights that share a scale
_BYTES_MULTIPLIED = 4  # onnxruntime's accuracy level at which the products are 8-bit too


def compact(path: Path, heads: int, width: int) -> None:
    """Rewrite the model at `path`, a BERT-like encoder with `heads` of attention, in place."""
    logging.disable(logging.INFO)  # each fusion announces itself
    try:
        options = FusionOptions("bert")
        options.use_multi_head_attention = True  # its projections stay apart, to be rounded too
        fused = optimize_model(
            str(path), "bert", heads, width, optimization_options=options, opt_level=1
        )
        onnx.save(_rounded(fused.model), str(path))
    finally:
        logging.disable(logging.NOTSET)


def _rounded(model: onnx.ModelProto) -> onnx.ModelProto:
    config = DefaultWeightOnlyQuantConfig(
        block_size=_BLOCK, is_symmetric=True, accuracy_level=_BYTES_MULTIPLIED, bits=8
    )
    quantizer = MatMulNBitsQuantizer(model, algo_config=config)
    quantizer.process()
    rounded: onnx.ModelProto = quantizer.model.model
    return rounded
