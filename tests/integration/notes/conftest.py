"""One seat in a class of Winter 2019: one student has it, the other waits and uses the web."""

from __future__ import annotations

import pytest
from noted_campus import SEATED, TODAY, WAITING, Campus, FakeTeller

from bot.storage.database import DoorDatabase
from knowledge.registrar.administration import Administration
from knowledge.storage.unit_of_work import UnitOfWork


@pytest.fixture
async def campus(units: UnitOfWork) -> Campus:
    with units.write() as work:
        section = next(
            each
            for each in work.catalogue.sections()
            if str(each.code) == "PHIL2" and str(each.term) == "Winter 2019"
        )
    campus = Campus(units, DoorDatabase(units), FakeTeller(), section)
    await campus.deliverer().step()  # what is in the log by now is no news
    for suid in (SEATED, WAITING):
        campus.admit(suid)
    with units.write() as work:
        desk = Administration(work, TODAY, "admin:test")
        desk.set_capacity(section.class_id, section.enrolled + 1)
    campus.enroll(SEATED)
    campus.enroll(WAITING)
    campus.seen(WAITING)
    return campus
