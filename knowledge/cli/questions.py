"""Commands for the question log."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from knowledge.insights.questions import KEPT_DAYS, prune
from knowledge.settings import Settings
from knowledge.storage.unit_of_work import UnitOfWork


def add_parsers(groups: Any) -> None:
    """questions prune [--days N]."""
    group = groups.add_parser("questions", help="the log of what was asked")
    command = group.add_subparsers(dest="command", required=True).add_parser(
        "prune", help="remove old questions; the running site does so by itself"
    )
    command.add_argument("--days", type=_days, default=KEPT_DAYS, help="how long they are kept")


def remove_old(args: argparse.Namespace, settings: Settings, units: UnitOfWork) -> Iterator[str]:
    """Remove questions older than that many days."""
    yield f"removed {prune(units, args.days)} questions older than {args.days} days"


def _days(text: str) -> int:
    days = int(text)
    if not 0 <= days <= 36_500:
        raise argparse.ArgumentTypeError("from 0 to 36500 days")
    return days
