"""Finding faces, the encoding contract, and the three skills on drawn people."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from skills.errors import DataLayoutInvalid, InvalidOption, NoFaceFound, NotAnImage
from skills.faces import threshold
from skills.faces.agreement import adjusted_rand
from skills.faces.clustering import SKILL as CLUSTERING
from skills.faces.encoding import SKILL as ENCODING
from skills.faces.reading import read_folder
from skills.faces.recognition import SKILL as RECOGNITION
from skills.faces.sample import bald_and_bearded, full_hair, sample
from skills.faces.verification import SKILL as VERIFICATION
from skills.kit.drawing import png
from skills.protocol import Skill, no_progress

_BLANK = png(Image.new("RGB", (200, 200), (90, 120, 90)))


def test_an_encoding_is_128_numbers_of_length_one() -> None:
    result = ENCODING.run(sample(2, 1), {}, no_progress)
    lengths = [sum(number**2 for number in each) for each in result.data["encodings"]]
    assert [len(each) for each in result.data["encodings"]] == [128, 128]
    assert lengths == pytest.approx([1, 1], abs=1e-4)
    assert result.pictures == ()


@pytest.mark.parametrize("skill", [ENCODING, VERIFICATION, RECOGNITION, CLUSTERING])
def test_a_picture_without_a_face_is_told_by_its_number(skill: Skill) -> None:
    with pytest.raises(NoFaceFound) as raised:
        skill.run([sample(1, 1)[0], _BLANK, _BLANK], {}, no_progress)
    assert raised.value.number == 2
    with pytest.raises(NotAnImage):
        skill.run([b"no picture", _BLANK, _BLANK], {}, no_progress)


def test_one_photo_is_its_own_person() -> None:
    photo = sample(1, 1)[0]
    result = VERIFICATION.run([photo, photo], {}, no_progress)
    assert result.data["distance"] == pytest.approx(0, abs=1e-5)
    assert result.data["same"]
    assert "no proof of identity" in result.text


def test_photos_of_invented_people_are_mostly_told_right() -> None:
    photos = sample(5, 2, 77)
    encodings = ENCODING.run(photos, {}, no_progress).data["encodings"]
    right = [
        (_away(one, other) < threshold.read()) == (first // 2 == second // 2)
        for first, one in enumerate(encodings)
        for second, other in enumerate(encodings)
        if first < second
    ]
    assert sum(right) / len(right) > 0.85


def _away(one: list[float], other: list[float]) -> float:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def test_the_sample_of_verification_is_one_person_and_two_people_are_two() -> None:
    assert VERIFICATION.run([], {}, no_progress).data["same"]
    two = VERIFICATION.run(sample(2, 1), {}, no_progress)
    assert not two.data["same"]
    assert Image.open(BytesIO(two.pictures[0])).width <= 1024


def test_recognition_knows_the_new_person_and_refuses_a_stranger() -> None:
    result = RECOGNITION.run([], {}, no_progress)
    assert result.data["names"] == ["the new person", "nobody enrolled"]
    enrolled, stranger = sample(1, 2, 31, full_hair), sample(1, 1, 31, bald_and_bearded)
    asked = [*enrolled, *stranger]
    assert RECOGNITION.run(asked, {}, no_progress).data["names"] == ["nobody enrolled"]
    assert Image.open(BytesIO(result.pictures[0])).width <= 1024


def test_an_album_is_sorted_by_person() -> None:
    result = CLUSTERING.run(sample(3, 3, 3), {}, no_progress)
    true = np.repeat(range(3), 3)
    assert adjusted_rand(np.array(result.data["groups"]), true) > 0.7
    given = CLUSTERING.run(sample(3, 3, 3), {"people": "1"}, no_progress)
    assert given.data["people"] == 1
    with pytest.raises(InvalidOption):
        CLUSTERING.run(sample(1, 3), {"people": "4"}, no_progress)


def test_a_folder_is_read_by_person(tmp_path: Path) -> None:
    for place, photo in enumerate(sample(2, 2)):
        folder = tmp_path / f"s{place // 2}"
        folder.mkdir(exist_ok=True)
        (folder / f"{place}.png").write_bytes(photo)
    album = read_folder(tmp_path)
    assert album.people.tolist() == [0, 0, 1, 1]
    assert album.crops.shape == album.wholes.shape == (4, 1, 56, 46)
    assert VERIFICATION.evaluate(tmp_path)["people"] == 2
    with pytest.raises(DataLayoutInvalid):
        RECOGNITION.evaluate(tmp_path)  # three photos enrol, and none is left to ask about


def test_other_folders_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataLayoutInvalid):
        read_folder(tmp_path)
