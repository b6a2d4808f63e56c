"""The optimiser and its learning rate: AdamW, linear warm-up and linear decay."""

from __future__ import annotations

from torch import nn
from torch.optim import AdamW
from torch.optim.lr_scheduler import LambdaLR


def optimiser_of(model: nn.Module, rate: float, encoder_rate: float, weight_decay: float) -> AdamW:
    """The encoder's parameters learn at their own rate; biases and norms do not decay."""
    groups: dict[tuple[float, float], list[nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            own = encoder_rate if "encoder." in name else rate
            groups.setdefault((own, weight_decay * (parameter.dim() > 1)), []).append(parameter)
    return AdamW(
        [{"params": part, "lr": own, "weight_decay": d} for (own, d), part in groups.items()],
        fused=True,
    )


def warmed_up(optimiser: AdamW, steps: int, share: float) -> LambdaLR:
    """Up over the first `share` of the steps, then down to nothing."""
    warm = max(1, int(steps * share))

    def factor(step: int) -> float:
        return min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))

    return LambdaLR(optimiser, factor)
