"""The sample catalogue as simulated students draw their goals from it, read once."""

from __future__ import annotations

import pytest

from bot.policy.simulator.catalogue import Catalogue
from knowledge.storage.unit_of_work import UnitOfWork


@pytest.fixture(scope="session")
def offerings(catalogue: UnitOfWork) -> Catalogue:
    return Catalogue.read(catalogue)
