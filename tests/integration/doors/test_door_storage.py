"""The doors' tables: migrations make what the models say; codes open once; the last door counts."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select

from bot.channels.reach import Reach, Reaches
from bot.identity.one_time import OneTimeCodes
from bot.storage.database import DoorDatabase
from bot.storage.tables import Base, OneTimeCodeRow, ReachRow
from knowledge.errors import NotSignedIn
from knowledge.model.students import Principal, Role
from knowledge.storage.unit_of_work import UnitOfWork

STUDENT = Principal("05990001", Role.STUDENT)
MINUTE = timedelta(minutes=1)


def test_the_migrations_make_the_tables_of_the_models(doors: DoorDatabase) -> None:
    tables = set(Base.metadata.tables)
    with doors.units.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, kind, _: kind != "table" or name in tables},
        )
        assert compare_metadata(context, Base.metadata) == []


def test_a_code_opens_its_purpose_once(doors: DoorDatabase) -> None:
    codes = OneTimeCodes(doors)
    code = codes.issue("slack", {"team": "T1"}, MINUTE)
    with pytest.raises(NotSignedIn, match="forged"):
        codes.redeem("exchange", code)
    assert codes.look("slack", code) == codes.redeem("slack", code) == {"team": "T1"}
    for use in (codes.look, codes.redeem):
        with pytest.raises(NotSignedIn, match="replayed"):
            use("slack", code)


def test_codes_that_are_made_up_or_late_open_nothing(doors: DoorDatabase) -> None:
    codes = OneTimeCodes(doors)
    late = codes.issue("slack", {}, -MINUTE)
    for code, reason in ((late, "expired"), ("x", "forged"), ("", "forged"), ("\ud800", "forged")):
        with pytest.raises(NotSignedIn, match=reason):
            codes.redeem("slack", code)


def test_of_many_who_redeem_at_once_one_wins(doors: DoorDatabase, doors_url: str) -> None:
    code = OneTimeCodes(doors).issue("slack", {}, MINUTE)

    def redeem(_: int) -> bool:
        units = UnitOfWork.at(doors_url)
        try:
            OneTimeCodes(DoorDatabase(units)).redeem("slack", code)
        except NotSignedIn:
            return False
        finally:
            units.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(redeem, range(16))) == 1


def test_no_code_stands_in_the_database(doors: DoorDatabase) -> None:
    code = OneTimeCodes(doors).issue("slack", {}, MINUTE)
    with doors.units.read() as work:
        row = work.session.scalars(select(OneTimeCodeRow)).one()
        assert code not in (row.code_hash, str(row.payload))


def test_the_last_door_is_kept_for_students_alone(doors: DoorDatabase) -> None:
    reaches = Reaches(doors)
    reaches.used(Principal("v", Role.ANONYMOUS), Reach("web", {"room": "r"}))
    for reach in (Reach("web", {"room": "r"}), Reach("slack", {"user": "U1"}, "Europe/Madrid")):
        reaches.used(STUDENT, reach)
    with doors.units.read() as work:
        row = work.session.scalars(select(ReachRow)).one()
        assert (row.subject, row.door, row.address) == ("05990001", "slack", {"user": "U1"})
        assert row.time_zone == "Europe/Madrid"
