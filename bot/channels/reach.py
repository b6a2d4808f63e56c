"""The door a student used last: there, notes find their reader."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict

from sqlalchemy import update

from bot.channels.places import Reach, shared_places
from bot.storage.database import DoorDatabase
from bot.storage.inserting import insert_new
from bot.storage.tables import ReachRow
from knowledge.errors import QuadError
from knowledge.model.students import Principal, Role
from knowledge.storage import moments
from knowledge.storage.unit_of_work import Work

_REMEMBERED = 10_000
__all__ = ["Reach", "Reaches", "remember"]
logger = logging.getLogger(__name__)


class Reaches:
    """Keeps the last door of every student; a message through the same one writes nothing.

    Calls block.
    """

    def __init__(self, database: DoorDatabase) -> None:
        self._database = database
        self._known: OrderedDict[str, Reach] = OrderedDict()

    def used(self, principal: Principal, reach: Reach) -> None:
        """Somebody has just written through this door; notes find students alone."""
        shared_places().put(reach)
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


async def remember(reaches: Reaches | None, principal: Principal, reach: Reach) -> None:
    """Keep the door used last, off the event loop; a message is answered without that, too."""
    if reaches is None:
        return
    try:
        await asyncio.to_thread(reaches.used, principal, reach)
    except QuadError as error:
        logger.warning("the door used last was not kept: %s", error.problem)
