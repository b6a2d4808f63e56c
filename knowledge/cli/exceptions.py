"""Commands for what goes beyond the rules: permission numbers and petitions."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date

from knowledge.model.students import Decision, normalise_suid
from knowledge.registrar.administration import Administration
from knowledge.settings import Settings
from knowledge.storage.unit_of_work import UnitOfWork

Args = argparse.Namespace
ACTOR = "admin:command-line"


def give_permission(args: Args, settings: Settings, units: UnitOfWork) -> Iterator[str]:
    """A new permission number for a section."""
    suid = normalise_suid(args.suid) if args.suid else None
    expires: date | None = args.expires
    with units.write() as work:
        acting = Administration(work, settings.clock(), ACTOR)
        number = acting.give_permission(args.class_id, suid=suid, expires=expires)
    yield f"{number.number} for class {number.class_id}, lifts {', '.join(sorted(number.lifts))}"


def list_petitions(args: Args, settings: Settings, units: UnitOfWork) -> Iterator[str]:
    """Every petition, oldest first."""
    with units.read() as work:
        for each in work.exceptions.petitions():
            wanted = f"{each.units} units in {each.term}"
            yield f"{each.petition_id}  {each.suid}  {wanted}  {each.decision.value}"


def decide_petition(args: Args, settings: Settings, units: UnitOfWork) -> Iterator[str]:
    """Approve or deny a petition."""
    decision = Decision(args.decision)
    with units.write() as work:
        acting = Administration(work, settings.clock(), ACTOR)
        before = acting.decide_petition(args.petition_id, decision)
    yield f"petition {before.petition_id} of {before.suid} is {decision.value}"


def add_parsers(groups: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """permission give; petition list|decide."""
    permission = groups.add_parser("permission", help="permission numbers")
    give = permission.add_subparsers(dest="command", required=True).add_parser(
        "give", help="a new single-use number for a section"
    )
    give.add_argument("class_id", type=int, metavar="CLASS_ID")
    give.add_argument("--suid", help="for this student alone")
    give.add_argument("--expires", type=date.fromisoformat, metavar="DATE")
    petition = groups.add_parser("petition", help="petitions for more units")
    commands = petition.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="all petitions, oldest first")
    decide = commands.add_parser("decide", help="approve or deny one")
    decide.add_argument("petition_id", type=int, metavar="NUMBER")
    decide.add_argument("decision", choices=["approved", "denied"])
