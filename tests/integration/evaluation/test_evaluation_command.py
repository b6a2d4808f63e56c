"""`python -m bot.evaluation` on a database of its own, with simulated raters."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from rated import POLICIES, items
from simulated_raters import SimulatedRater

from bot.evaluation.__main__ import main
from bot.evaluation.scorer import keeping
from bot.evaluation.storage.store import RatingStore
from knowledge.storage.unit_of_work import UnitOfWork

ROOT = Path(__file__).parents[3]
WORTH = dict(zip(POLICIES, (4.4, 1.6, 3.0, 3.6), strict=True))


@pytest.fixture
def store(
    units: UnitOfWork, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> RatingStore:
    var = tmp_path / "var"
    var.mkdir()
    (var / "encoders").symlink_to(ROOT / "var" / "encoders")
    monkeypatch.setenv("QUAD_VAR", str(var))
    monkeypatch.setenv("QUAD_DATABASE_URL", sqlite_url)
    return RatingStore(units)


def _rated(store: RatingStore) -> None:
    store.add(items(10))
    chance = random.Random(0)
    for rater in (SimulatedRater("simulated one", 0.3, 0.5), SimulatedRater("simulated two")):
        while (item_id := store.following(rater.name)) is not None:
            scores = rater.rate(store.item(item_id), WORTH, chance)
            store.rate(rater.name, item_id, f"form {item_id}", scores)


def test_before_anybody_has_rated(store: RatingStore, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["ratings"] == 0
    assert main(["train-scorer"]) == 2
    assert "0 replies are rated" in capsys.readouterr().err


def test_ratings_are_reported_and_learned_from(
    store: RatingStore, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    _rated(store)
    assert main(["report", "--json", "--samples", "200"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["items"], report["ratings"], report["raters"]) == (10, 20, 2)
    assert [each["policy"] for each in report["opinions"]] == sorted(WORTH, key=lambda p: -WORTH[p])
    assert report["predicted"] == {}
    assert main(["train-scorer", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["replies"], told["conversations"]) == (40, 10)
    assert main(["report"]) == 0
    assert "scorer's guess" in capsys.readouterr().out
    keeping.place(tmp_path / "var").write_bytes(b"broken")
    assert main(["report"]) == 0
    told_again = capsys.readouterr()
    assert "without the scorer's guesses" in told_again.err
    assert "scorer's guess" not in told_again.out


def test_collected_items_can_be_rated(
    store: RatingStore, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["collect", "--conversations", "2", "--seed", "0", "--points", "1", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["items"] == told["new"] == len(store.items()) > 0
    assert store.following("ada") in {item.item_id for item in store.items()}


@pytest.mark.parametrize(
    "wrong", [["collect", "--conversations", "0"], ["collect", "--noise", "2"], ["rate"], []]
)
def test_what_cannot_be_done_is_told(
    store: RatingStore, wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(wrong)
    assert end.value.code == 2
    assert "usage" in capsys.readouterr().err
