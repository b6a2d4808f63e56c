"""The lexicon that the NLU's generator reads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge.catalogue.index import CatalogueIndex, Snapshot
from knowledge.catalogue.lexicon import lexicon, write
from knowledge.storage.unit_of_work import UnitOfWork


@pytest.fixture(scope="module")
def snapshot(catalogue: UnitOfWork) -> Snapshot:
    return CatalogueIndex(catalogue).current()


def test_it_holds_all_values_by_slot(snapshot: Snapshot) -> None:
    values = lexicon(snapshot)
    assert set(values) == {"code", "title", "subject", "topic", "instructor", "requirement"}
    assert {"CS106A", "LINGUIST180", "MS&E120"} <= set(values["code"])
    assert {"CS", "Computer Science"} <= set(values["subject"])
    assert "WAY-FR" in values["requirement"]
    last_names = {name for name in values["instructor"] if " " not in name}
    assert all(n.split()[-1] in last_names for n in values["instructor"])


def test_values_are_distinct_sorted_and_not_empty(snapshot: Snapshot) -> None:
    for slot, values in lexicon(snapshot).items():
        assert values == sorted(set(values)), slot
        assert all(value.strip() == value and value for value in values), slot


def test_the_written_file_reads_back_and_does_not_vary(snapshot: Snapshot, tmp_path: Path) -> None:
    one, other = tmp_path / "one.json", tmp_path / "other.json"
    write(snapshot, one)
    write(snapshot, other)
    assert one.read_bytes() == other.read_bytes()
    assert json.loads(one.read_text(encoding="utf-8")) == lexicon(snapshot)


def test_the_committed_lexicon_names_this_catalogue(snapshot: Snapshot) -> None:
    committed = Path(__file__).parents[4] / "nlu" / "data" / "lexicon.json"
    kept = json.loads(committed.read_text(encoding="utf-8"))
    for slot, values in lexicon(snapshot).items():
        if slot != "instructor":  # a new timetable deals them anew; any names do for training
            assert kept[slot] == values, slot
