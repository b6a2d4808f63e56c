"""Every encoder: one vector a piece, and padding changes nothing."""

from __future__ import annotations

import pytest
import torch

from nlu.encoders.base import build_encoder
from nlu.encoders.location import DEFAULT, EncoderNotFound, coder_folder, folder_of, kind_of


@pytest.mark.parametrize("name", ["bilstm", "cnn", DEFAULT])
def test_padding_changes_nothing(name: str) -> None:
    torch.manual_seed(0)
    encoder = build_encoder(name, dropout=0.1).eval()
    for parameter in encoder.parameters():  # as after a training: fresh biases are zero
        if parameter.requires_grad and parameter.dim() == 1:
            torch.nn.init.normal_(parameter, mean=0.5, std=0.2)
    pieces = torch.randint(1000, 20000, (1, 6))
    padded = torch.cat([pieces, torch.zeros(1, 5, dtype=torch.long)], dim=1)
    mask = torch.tensor([[1] * 6 + [0] * 5])
    with torch.no_grad():
        alone = encoder(pieces, torch.ones_like(pieces))
        beside = encoder(padded, mask)
    assert alone.shape == (1, 6, encoder.width)
    assert torch.allclose(alone, beside[:, :6], atol=1e-4)


@pytest.mark.parametrize("name", ["bilstm", "cnn"])
def test_both_neighbours_are_seen(name: str) -> None:
    encoder = build_encoder(name, dropout=0.1).eval()
    pieces = torch.randint(1000, 20000, (1, 5))
    with torch.no_grad():
        before = encoder(pieces, torch.ones_like(pieces))[0, 2]
        for place in (1, 3):
            other = pieces.clone()
            other[0, place] += 1
            after = encoder(other, torch.ones_like(pieces))[0, 2]
            assert not torch.allclose(before, after)


@pytest.mark.parametrize("name", ["bilstm", "cnn"])
def test_small_encoders_learn_all_but_the_piece_vectors(name: str) -> None:
    encoder = build_encoder(name, dropout=0.1)
    learnt = sum(p.numel() for p in encoder.parameters() if p.requires_grad)
    assert learnt < 4_000_000  # 8 MB in float16
    assert not encoder.vectors.weight.requires_grad


def test_kinds_and_the_word_pieces_they_read() -> None:
    assert [kind_of(name) for name in ("cnn", "bilstm", "org/model")] == [
        "cnn", "bilstm", "transformer",
    ]  # fmt: skip
    assert coder_folder("cnn") == coder_folder(DEFAULT) == folder_of(DEFAULT)


def test_an_encoder_that_is_nowhere_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(EncoderNotFound, match="nobody/no-such-model"):
        build_encoder("nobody/no-such-model", 0.1)
