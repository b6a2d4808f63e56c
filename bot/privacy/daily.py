"""The daily sweep of the bot process: soon after the start, then once a day, aside in a thread."""

from __future__ import annotations

import asyncio
import logging

from bot.privacy.stores import Stores
from bot.privacy.sweeping import sweep
from knowledge.errors import QuadError
from knowledge.settings import Settings

logger = logging.getLogger(__name__)
FIRST_SECONDS = 60.0  # a start is busy enough
DAY_SECONDS = 24 * 3600.0


async def sweep_daily(
    settings: Settings, first: float = FIRST_SECONDS, pause: float = DAY_SECONDS
) -> None:
    """Sweep until cancelled; a pass that fails is told in the log and tried again a day later."""
    await asyncio.sleep(first)
    while True:
        await asyncio.to_thread(_pass, settings)
        await asyncio.sleep(pause)


def _pass(settings: Settings) -> None:
    stores = Stores.of(settings)
    try:
        gone = sum(sweep(stores, settings.retention_days).gone.values())
        if gone:
            logger.info("retention: %d old entries removed", gone)
    except QuadError as error:
        logger.warning("retention: not swept today (%s)", error.problem)
    except Exception:
        logger.exception("retention: not swept today")
    finally:
        stores.close()
