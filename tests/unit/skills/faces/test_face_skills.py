"""Finding faces, the encoding contract, verification on drawn people, a smoke training."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from PIL import Image

from skills.errors import DataLayoutInvalid, NoFaceFound
from skills.faces import threshold
from skills.faces.encoding import SKILL as ENCODING
from skills.faces.net import Encoder
from skills.faces.pairs import area
from skills.faces.reading import read_folder
from skills.faces.sample import sample
from skills.faces.training import FaceConfig, distances, fit, invented_album
from skills.faces.verification import SKILL as VERIFICATION
from skills.kit.drawing import png
from skills.kit.learning import Plan
from skills.protocol import no_progress


def test_an_encoding_is_128_numbers_of_length_one() -> None:
    result = ENCODING.run(sample(2, 1), {}, no_progress)
    lengths = [sum(number**2 for number in each) for each in result.data["encodings"]]
    assert [len(each) for each in result.data["encodings"]] == [128, 128]
    assert lengths == pytest.approx([1, 1], abs=1e-4)
    assert result.pictures == ()


def test_a_picture_without_a_face_is_told_by_its_number() -> None:
    blank = png(Image.new("RGB", (200, 200), (90, 120, 90)))
    with pytest.raises(NoFaceFound) as raised:
        ENCODING.run([sample(1, 1)[0], blank], {}, no_progress)
    assert raised.value.number == 2


def test_one_photo_is_its_own_person() -> None:
    photo = sample(1, 1)[0]
    result = VERIFICATION.run([photo, photo], {}, no_progress)
    assert result.data["distance"] == pytest.approx(0, abs=1e-5)
    assert result.data["same"]
    assert "no proof of identity" in result.text


def test_the_threshold_is_a_distance_of_the_unit_sphere() -> None:
    assert 0 < threshold.read() < 4


def test_a_short_training_tells_new_invented_people_apart_better() -> None:
    torch.manual_seed(0)
    net, unseen = Encoder().eval(), invented_album(6, 4, 2)
    before = area(distances(net, unseen))
    plan = Plan(epochs=8, batch=10, rate=3e-3)
    fit(net, invented_album(20, 6, 1), plan, FaceConfig(much=0.5), 0)
    after = area(distances(net, unseen))
    assert after > max(before, 0.6)


def test_a_folder_is_read_by_person(tmp_path: Path) -> None:
    for place, photo in enumerate(sample(2, 2)):
        folder = tmp_path / f"s{place // 2}"
        folder.mkdir(exist_ok=True)
        (folder / f"{place}.png").write_bytes(photo)
    album = read_folder(tmp_path)
    assert album.people.tolist() == [0, 0, 1, 1]
    assert album.crops.shape == (4, 1, 56, 48)
    assert album.of([1]).people.tolist() == [0, 0]


def test_other_folders_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataLayoutInvalid):
        read_folder(tmp_path)
