"""What is kept of the catalogue between transactions is never older than what was committed."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.registrar.administration import Administration
from knowledge.storage.cache import CatalogueCache
from knowledge.storage.unit_of_work import UnitOfWork

TODAY = date(2018, 11, 15)
CLASS_ID = 10_000


def _capacity(units: UnitOfWork) -> int:
    with units.read() as work:
        return work.catalogue.section(CLASS_ID).capacity


def _resize(units: UnitOfWork, seats: int) -> None:
    with units.write() as work:
        Administration(work, TODAY, "test").set_capacity(CLASS_ID, seats)
        assert work.catalogue.section(CLASS_ID).capacity == seats


def test_a_committed_change_is_seen_by_the_next_transaction(units: UnitOfWork) -> None:
    assert _capacity(units) != 777
    _resize(units, 777)
    assert _capacity(units) == 777


def test_a_change_of_another_process_is_seen_too(units: UnitOfWork, database_url: str) -> None:
    _capacity(units)
    other = UnitOfWork.at(database_url)
    _resize(other, 778)
    other.close()
    assert _capacity(units) == 778


def test_a_change_that_is_rolled_back_was_never_kept(units: UnitOfWork) -> None:
    before = _capacity(units)

    def fail() -> None:
        with units.write() as work:
            Administration(work, TODAY, "test").set_capacity(CLASS_ID, 999)
            assert work.catalogue.section(CLASS_ID).capacity == 999
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert _capacity(units) == before
    _resize(units, before + 1)
    assert _capacity(units) == before + 1


def test_versions_grow_once_a_transaction_and_name_what_changed(units: UnitOfWork) -> None:
    with units.read() as work:
        before = work.audit.catalogue_version()
    with units.write() as work:
        acting = Administration(work, TODAY, "test")
        for class_id in (CLASS_ID, CLASS_ID + 1):
            acting.set_capacity(class_id, 5)
    with units.read() as work:
        assert work.audit.catalogue_version() == before + 1
        changed = work.audit.catalogue_changes(before)
    assert set(changed) == {("sections", str(CLASS_ID)), ("sections", str(CLASS_ID + 1))}


def test_a_reader_of_an_older_version_does_not_spoil_the_newer() -> None:
    cache = CatalogueCache()
    assert cache.get(2, "key", lambda: "new") == "new"
    assert cache.get(1, "key", lambda: "old") == "old"
    assert cache.get(2, "key", lambda: "never asked") == "new"
    assert cache.get(3, "key", lambda: "newest") == "newest"
