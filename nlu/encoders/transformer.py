"""A pretrained Hugging Face transformer as an encoder."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel

from nlu.encoders.location import folder_of
from nlu.encoders.lowrank import add_low_rank


class TransformerEncoder(nn.Module):
    """Frozen embeddings, and layers whose linear maps learn low-rank updates."""

    def __init__(self, name: str, rank: int, dropout: float) -> None:
        super().__init__()
        folder = folder_of(name)
        config = AutoConfig.from_pretrained(folder)
        config.hidden_dropout_prob = dropout
        config.attention_probs_dropout_prob = dropout
        # The plain attention exports to ONNX without special operators.
        self.model = AutoModel.from_pretrained(
            folder, config=config, attn_implementation="eager", add_pooling_layer=False
        ).float()
        self.width = int(config.hidden_size)
        self.model.requires_grad_(False)
        if rank:
            add_low_rank(self.model.encoder, rank, dropout)
        for parameter in _norms(self.model.encoder):
            parameter.requires_grad_(True)

    def forward(self, pieces: Tensor, mask: Tensor) -> Tensor:
        """pieces, mask: [batch, length] → [batch, length, width]."""
        states: Tensor = self.model(input_ids=pieces, attention_mask=mask).last_hidden_state
        return states


def _norms(module: nn.Module) -> list[nn.Parameter]:
    layers = (child for child in module.modules() if isinstance(child, nn.LayerNorm))
    return [parameter for layer in layers for parameter in layer.parameters()]


def mean_pool(states: Tensor, mask: Tensor) -> Tensor:
    """The mean over real pieces: states [batch, length, width], mask [batch, length]."""
    weights = mask.unsqueeze(-1).to(states.dtype)
    return torch.sum(states * weights, dim=1) / torch.clamp(weights.sum(dim=1), min=1.0)
