"""A tiny encoder with MiniLM's own word pieces, so that trainings take seconds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import torch
from transformers import BertConfig, BertModel

from nlu.data.splits import Splits
from nlu.encoders.location import DEFAULT, folder_of
from nlu.model import JointConfig, JointModel
from nlu.saving import save
from nlu.schema import QUAD
from nlu.training.own import OwnData


@pytest.fixture(scope="session")
def tiny_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tiny-encoder")
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=30522,
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=256,
    )
    BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    shutil.copy(folder_of(DEFAULT) / "tokenizer.json", folder)
    return folder


@pytest.fixture(scope="session")
def tiny_config(tiny_encoder: Path) -> JointConfig:
    return JointConfig(encoder=str(tiny_encoder))


@pytest.fixture(scope="session")
def few() -> OwnData:
    whole = OwnData.read()
    items = whole.items
    return OwnData(
        Splits(items.train[::14], items.dev[::16], items.test[::12]),
        whole.train_dialogues[::18],
        whole.dev_dialogues[::8],
        whole.test_dialogues[::12],
    )


@pytest.fixture(scope="session")
def tiny_weights(tiny_config: JointConfig, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Untrained weights on disk: enough for everything but quality."""
    folder = tmp_path_factory.mktemp("tiny-weights") / "transformer"
    torch.manual_seed(1)
    model = JointModel(tiny_config, QUAD)
    for parameter in model.parameters():
        if parameter.requires_grad and parameter.dim() > 1:
            torch.nn.init.normal_(parameter, std=0.2)
    save(model, folder)
    return folder
