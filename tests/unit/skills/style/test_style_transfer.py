"""The optimisation leaves the network alone and lowers both losses; the skill and its options."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
import torch
from PIL import Image

from skills.errors import InvalidOption, NotAnImage
from skills.protocol import no_progress
from skills.style.features import Layout, random_features
from skills.style.optimise import STARTS, TransferConfig, paint
from skills.style.paintings import PAINTINGS, painting
from skills.style.pictures import as_image, as_tensor
from skills.style.scenes import scene
from skills.style.skill import SKILL, StyleTransfer
from skills.style.training import backbone, fall, nearer_style

QUICK = TransferConfig(
    content_layers={"conv2_1": 1.0},
    style_layers={"conv1_1": 1.0, "conv2_1": 1.0},
    steps=(12, 12),
)


def _upload(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("start", STARTS)
def test_losses_fall_and_the_weights_stay_bit_by_bit(start: str) -> None:
    net = random_features(0, Layout((8, 12), (1, 1)))
    before = {name: tensor.clone() for name, tensor in net.state_dict().items()}
    for manner in ("mosaic", "waves"):  # a new style asks for no retraining
        content, style = as_tensor(scene(1, 32)), as_tensor(painting(manner, 32))
        _, history = paint(net, content, style, replace(QUICK, start=start))
        assert history[-1].style < 0.5 * history[0].style
        if start == "noise":  # a start from the content has hardly any content loss to lose
            assert history[-1].content < history[0].content
    assert all(torch.equal(before[name], tensor) for name, tensor in net.state_dict().items())


def test_an_unchanging_loss_ends_the_run_early() -> None:
    net, heard = random_features(0, Layout((4, 4), (1, 1))), []
    flat = torch.full((1, 3, 16, 16), 0.5)
    config = replace(QUICK, noise=0.0, steps=(60,))
    paint(net, flat, flat, config, watch=lambda step, x: heard.append(step))
    assert heard[-1] < 60


def test_the_committed_network_paints_nearer_the_style() -> None:
    content, style = as_tensor(scene(3, 64)), as_tensor(painting("mosaic", 64))
    config = replace(TransferConfig(), steps=(20, 20))
    painted, history = paint(backbone(), content, style, config)
    assert fall(history, config) > 0.5
    assert nearer_style(backbone(), painted, content, style)


def test_places_and_paintings_follow_their_seeds() -> None:
    assert torch.equal(as_tensor(scene(5, 48)), as_tensor(scene(5, 48)))
    assert not torch.equal(as_tensor(scene(5, 48)), as_tensor(scene(6, 48)))
    looks = [as_tensor(painting(name, 48)) for name in PAINTINGS]
    assert all((looks[0] - other).abs().mean() > 0.1 for other in looks[1:])
    assert as_image(looks[0]).size == (48, 48)


def test_a_run_on_uploads_shows_its_way() -> None:
    strip = Image.new("RGBA", (900, 3), (200, 30, 30, 90))
    heard: list[tuple[float, bytes | None]] = []
    result = SKILL.run(
        [_upload(strip), _upload(painting("dots", 70))],
        {"size": 64},
        lambda share, picture=None: heard.append((share, picture)),
    )
    assert [share for share, _ in heard] == sorted(share for share, _ in heard)
    assert all(picture and Image.open(BytesIO(picture)).size == (64, 64) for _, picture in heard)
    row, film = (Image.open(BytesIO(picture)) for picture in result.pictures)
    assert (row.format, film.format) == ("PNG", "GIF")
    assert getattr(film, "n_frames", 1) >= 3
    assert "your painting" in result.text


@pytest.mark.parametrize(
    ("name", "value"),
    [("vgg", "/etc/passwd"), ("style", "/etc/passwd"), ("style", ["waves"]), ("style", "../waves"),
     ("start", "middle"), ("size", 10_000), ("size", "big"), ("size", float("inf"))],
)  # fmt: skip
def test_options_name_no_file_and_no_size_that_is_too_large(name: str, value: object) -> None:
    def opened() -> object:
        raise AssertionError("no network is opened for a wrong option")

    with pytest.raises(InvalidOption):
        StyleTransfer(opened).run([], {name: value}, no_progress)  # type: ignore[arg-type]


def test_what_is_no_picture(tmp_path: Path) -> None:
    with pytest.raises(NotAnImage):
        SKILL.run([b"not a picture"], {}, no_progress)
