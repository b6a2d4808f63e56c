"""After an erasure nothing is left of a student, in no file and no free page; others stay whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from kept_people import NAME, OTHER, OTHER_NAME, TODAY, WHO, Kept, holders, labelled

from bot.privacy import erasing
from bot.privacy.erasing import erase
from bot.privacy.errors import NothingKept, NotScrubbed, StillEnrolled
from bot.privacy.exporting import export
from bot.privacy.held import HELD
from bot.privacy.person import find
from bot.privacy.scrubbing import scrub
from knowledge.registrar.enrollment import Registrar
from knowledge.storage import orm

RECORD = {held.name for held in HELD if held.record}


def _leave(kept: Kept) -> None:
    """Drop all classes: a record goes only after that."""
    with kept.stores.units.write() as work:
        for held in work.students.enrollments(WHO):
            Registrar(work, TODAY, WHO).drop(WHO, held.class_id)


def _parts(kept: Kept, suid: str) -> dict[str, int]:
    parts = export(kept.stores, find(kept.stores, suid))["parts"]
    return {name: len(entries) for name, entries in parts.items() if entries}


def test_what_is_quad_s_own_goes_and_the_record_stays(kept: Kept) -> None:
    others = _parts(kept, OTHER)
    done = erase(kept.stores, find(kept.stores, WHO), TODAY)
    assert set(_parts(kept, WHO)) <= RECORD
    assert set(done.kept) == {"students", "enrollments", "permission_numbers", "audit_log"}
    assert _parts(kept, OTHER) == others
    assert holders(kept.settings.var, WHO, NAME) == ["quad.db"]  # Axess' record alone


def test_with_the_record_nothing_is_left_in_any_byte(kept: Kept) -> None:
    _leave(kept)
    assert {"quad.db", "conversations.db", "bot.log"} <= {*holders(kept.settings.var, WHO, NAME)}
    erase(kept.stores, find(kept.stores, WHO), TODAY, record=True)
    assert holders(kept.settings.var, WHO, WHO[1:], NAME, NAME.split()[0]) == []
    assert holders(kept.settings.var, OTHER, OTHER_NAME)
    with kept.stores.units.read() as work:
        actors = set(work.session.scalars(sa.select(orm.AuditRow.actor)))
        assert work.session.connection().exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    assert (
        sum(actor.startswith("erased-") for actor in actors) == 1
    )  # entries still belong together


def test_a_record_with_seats_is_left_as_it_is(kept: Kept) -> None:
    before = _parts(kept, WHO)
    with pytest.raises(StillEnrolled) as refused:
        erase(kept.stores, find(kept.stores, WHO), TODAY, record=True)
    assert len(refused.value.classes) == 1
    assert _parts(kept, WHO) == before


class Crash(Exception):
    pass


@pytest.mark.parametrize("step", range(14))
def test_a_crash_at_any_step_is_mended_by_doing_it_again(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    _leave(kept)
    passed = 0

    def crashing(act: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **kwargs: Any) -> Any:
            nonlocal passed
            passed += 1
            if passed > step:
                raise Crash
            return act(*args, **kwargs)

        return run

    with monkeypatch.context() as broken:
        for name in ("_in", "remove", "blacken", "_record", "scrub"):
            broken.setattr(erasing, name, crashing(getattr(erasing, name)))
        broken.setattr(type(kept.stores.transcripts), "erase", crashing(_erase_transcripts))
        with pytest.raises(Crash):
            erase(kept.stores, find(kept.stores, WHO), TODAY, record=True)
    erase(kept.stores, find(kept.stores, WHO), TODAY, record=True)
    assert holders(kept.settings.var, WHO, NAME) == []


def _erase_transcripts(self: Any, conversations: Any) -> int:
    from bot.storage.tracker_events import EVENTS

    gone = EVENTS.c.sender_id.in_(list(conversations))
    return self.write(lambda connection: connection.execute(sa.delete(EVENTS).where(gone)))


def test_again_nothing_is_found_and_nothing_happens(kept: Kept) -> None:
    _leave(kept)
    erase(kept.stores, find(kept.stores, WHO), TODAY, record=True)
    others = _parts(kept, OTHER)
    with pytest.raises(NothingKept):
        erase(kept.stores, find(kept.stores, WHO), TODAY, record=True)
    assert _parts(kept, OTHER) == others


def test_erased_words_are_not_collected_again(kept: Kept) -> None:
    assert kept.conversation(WHO) in labelled(kept)
    erase(kept.stores, find(kept.stores, WHO), TODAY)
    assert labelled(kept) == {
        kept.conversation(OTHER),
        kept.conversation(OTHER, f"phone {OTHER_NAME}"),
    }


def test_a_database_in_use_is_told_and_cleared_next_time(kept: Kept) -> None:
    erase(kept.stores, find(kept.stores, WHO), TODAY)
    engine = kept.stores.transcripts.engine
    with engine.connect() as reader:
        reader.execute(sa.text("BEGIN IMMEDIATE"))
        with pytest.raises(NotScrubbed):
            scrub(engine, patience=0.2)
    scrub(engine, patience=0.2)


@pytest.mark.parametrize("kept", ["postgres"], indirect=True)
def test_on_postgresql_too(kept: Kept) -> None:
    _leave(kept)
    others = _parts(kept, OTHER)
    erase(kept.stores, find(kept.stores, WHO), TODAY, record=True)
    with pytest.raises(NothingKept):
        export(kept.stores, find(kept.stores, WHO))
    assert _parts(kept, OTHER) == others
    with kept.stores.units.read() as work:
        for table in sa.inspect(kept.stores.units.engine).get_table_names():
            rows = work.session.execute(sa.text(f'SELECT * FROM "{table}"')).all()
            assert not [row for row in map(str, rows) if WHO in row or NAME in row], table
