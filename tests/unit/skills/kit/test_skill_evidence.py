"""What mattered in a picture lies where the answer comes from."""

from __future__ import annotations

import numpy as np
import torch
from PIL import Image

from skills.kit.evidence import evidence, with_heat


def test_evidence_lies_where_the_answer_comes_from() -> None:
    heat = evidence(lambda x: x[:, :, :8, :8].sum(dim=(1, 2, 3)), torch.rand(3, 64, 64))
    assert float(heat.max()) == 1
    assert float(heat[20:].max()) == 0


def test_heat_glows_red_and_the_rest_is_grey() -> None:
    heat = torch.zeros(16, 16)
    heat[:8] = 1.0
    shown = np.asarray(with_heat(Image.new("RGB", (40, 40), (20, 90, 160)), heat, 64), dtype=int)
    assert shown[5, 32, 0] > shown[5, 32, 2] + 50
    assert np.ptp(shown[60, 32]) == 0
