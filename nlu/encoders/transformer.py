"""A pretrained Hugging Face transformer as an encoder."""

from __future__ import annotations

from torch import Tensor, nn
from transformers import AutoConfig, AutoModel
from transformers.utils import logging

from nlu.encoders.location import folder_of

logging.set_verbosity_error()  # it reports the pooler that we leave out
logging.disable_progress_bar()


class TransformerEncoder(nn.Module):
    """Everything learns but the pieces' vectors."""

    def __init__(self, name: str, dropout: float) -> None:
        super().__init__()
        folder = folder_of(name)
        config = AutoConfig.from_pretrained(folder)
        config.hidden_dropout_prob = dropout
        config.attention_probs_dropout_prob = dropout
        # The plain attention exports to ONNX without special operators.
        kept = {"config": config, "attn_implementation": "eager"}
        if config.model_type == "bert":
            kept["add_pooling_layer"] = False
        self.model = AutoModel.from_pretrained(folder, **kept).float()
        self.width = int(config.hidden_size)
        # Words that training never shows keep their place among those that it does.
        self.model.embeddings.word_embeddings.requires_grad_(False)

    def forward(self, pieces: Tensor, mask: Tensor) -> Tensor:
        """pieces, mask: [batch, length] → [batch, length, width]."""
        states: Tensor = self.model(input_ids=pieces, attention_mask=mask).last_hidden_state
        return states
