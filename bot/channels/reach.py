"""The door a student used last: there, notes find their reader."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import update

from bot.storage.database import DoorDatabase
from bot.storage.inserting import insert_new
from bot.storage.tables import ReachRow
from knowledge.model.students import Principal, Role
from knowledge.storage import moments
from knowledge.storage.unit_of_work import Work

logger = logging.getLogger(__name__)
_REMEMBERED = 10_000


@dataclass(frozen=True)
class Reach:
    """Where a student can be told something: the door's name and the address behind it."""

    door: str
    address: Mapping[str, Any]
    time_zone: str | None = None


class Reaches:
    """Keeps the last door of every student; a message through the same one writes nothing.

    Calls block.
    """

    def __init__(self, database: DoorDatabase) -> None:
        self._database = database
        self._known: OrderedDict[str, Reach] = OrderedDict()

    def noted(self, principal: Principal, reach: Reach) -> None:
        """`used` beside the event loop; the reply goes out meanwhile."""
        if principal.role is Role.STUDENT and self._known.get(principal.subject) != reach:
            loop = asyncio.get_running_loop()
            loop.run_in_executor(None, self._noted, principal, reach)

    def _noted(self, principal: Principal, reach: Reach) -> None:
        try:
            self.used(principal, reach)
        except Exception as error:  # a note then goes another way
            logger.warning("the door used last was not kept: %s", type(error).__name__)

    def used(self, principal: Principal, reach: Reach) -> None:
        """A student has just written through this door; others than students are nobody's."""
        if principal.role is not Role.STUDENT or self._known.get(principal.subject) == reach:
            return
        values = {
            "door": reach.door,
            "address": dict(reach.address),
            "time_zone": reach.time_zone,
            "used_at": moments.now(),
        }

        def act(work: Work) -> None:
            if not insert_new(work.session, ReachRow, {"subject": principal.subject, **values}):
                mine = ReachRow.subject == principal.subject
                work.session.execute(update(ReachRow).where(mine).values(**values))

        self._database.units.transact(act)
        self._known[principal.subject] = reach
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
