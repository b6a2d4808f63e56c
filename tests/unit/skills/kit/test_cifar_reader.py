"""CIFAR-10 is read the same from folders and from a zip, and what is none is refused."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import torch
from PIL import Image

from skills.errors import DataLayoutInvalid, NotAnImage
from skills.kit import cifar

COLOURS = {"cat": (200, 40, 40), "dog": (40, 200, 40)}


def _picture(colour: tuple[int, int, int], side: int = 32) -> bytes:
    out = BytesIO()
    Image.new("RGB", (side, side), colour).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three cats, three dogs to train with; one cat to test with. Their blue counts them."""
    for kind, (red, green, _) in COLOURS.items():
        for number in range(3):
            path = tmp_path / "train" / kind / f"{number:04}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_picture((red, green, number)))
    (tmp_path / "test" / "cat").mkdir(parents=True)
    (tmp_path / "test" / "cat" / "0000.png").write_bytes(_picture(COLOURS["cat"]))
    return tmp_path


@pytest.fixture
def zipped(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("zipped") / "cifar.zip"
    with ZipFile(path, "w") as archive:
        for each in sorted(folder.rglob("*.png")):
            archive.write(each, str(each.relative_to(folder)))
    return path


def test_pictures_come_class_by_class_and_by_name(folder: Path) -> None:
    pictures, labels = cifar.read(folder, "train")
    assert pictures.dtype == torch.uint8
    assert pictures.shape == (6, 3, 32, 32)
    assert [cifar.CLASSES[label] for label in labels.tolist()] == ["cat"] * 3 + ["dog"] * 3
    assert pictures[:, 2, 0, 0].tolist() == [0, 1, 2, 0, 1, 2]
    assert pictures[3, :, 5, 7].tolist() == [40, 200, 0]


def test_a_zip_reads_as_its_folders_do(folder: Path, zipped: Path) -> None:
    for split in ("train", "test"):
        for place in (zipped, zipped.parent):
            ours, theirs = cifar.read(place, split), cifar.read(folder, split)
            assert torch.equal(ours[0], theirs[0])
            assert torch.equal(ours[1], theirs[1])


def test_labels_are_places_in_the_classes_asked_for(folder: Path, zipped: Path) -> None:
    for place in (folder, zipped):
        pictures, labels = cifar.read(place, "train", 2, ("dog", "bird", "cat"))
        assert labels.tolist() == [0, 0, 2, 2]
        assert pictures[:, 2, 0, 0].tolist() == [0, 1, 0, 1]


def test_what_is_no_such_layout_is_refused(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(DataLayoutInvalid):
        cifar.read(tmp_path / "absent", "train")
    with pytest.raises(DataLayoutInvalid):
        cifar.read(folder, "test", classes=("ship",))
    (tmp_path / "broken.zip").write_bytes(b"PK no archive")
    with pytest.raises(DataLayoutInvalid):
        cifar.read(tmp_path / "broken.zip", "train")


@pytest.mark.parametrize(
    ("data", "error"), [(_picture((1, 2, 3), 64), DataLayoutInvalid), (b"no", NotAnImage)]
)
def test_another_size_and_broken_files_are_refused(
    folder: Path, data: bytes, error: type[Exception]
) -> None:
    (folder / "test" / "cat" / "0001.png").write_bytes(data)
    with pytest.raises(error):
        cifar.read(folder, "test")
