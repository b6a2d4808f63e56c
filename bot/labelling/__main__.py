"""`python -m bot.labelling collect | report | export | erase`: labelling from the terminal."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from bot.labelling.collecting import Collector
from bot.labelling.exporting import export
from bot.labelling.report import as_text, report_of
from bot.labelling.tracker import Conversations
from knowledge.errors import ExportRefused, QuadError
from knowledge.sample.load import prepare
from knowledge.settings import Settings
from knowledge.storage.label_work import LabelWork
from knowledge.storage.unit_of_work import UnitOfWork

Command = Callable[[argparse.Namespace, UnitOfWork, Settings], None]


def _collect(args: argparse.Namespace, units: UnitOfWork, settings: Settings) -> None:
    done = _collector(units, settings).collect()
    print(f"{done.conversations} conversations read, {done.turns} turns new, {done.erased} erased")


def _report(args: argparse.Namespace, units: UnitOfWork, settings: Settings) -> None:
    with units.read() as work:
        found = report_of(LabelWork(work.session).items())
    print(json.dumps(found.to_json()) if args.json else as_text(found))


def _export(args: argparse.Namespace, units: UnitOfWork, settings: Settings) -> None:
    with units.read() as work:
        done = export(LabelWork(work.session).items(), args.day, args.path)
    left = ", ".join(f"{count} {reason}" for reason, count in done.left.items()) or "none"
    print(f"{done.items} items in {done.path}, {done.new} of them new; left out: {left}")


def _erase(args: argparse.Namespace, units: UnitOfWork, settings: Settings) -> None:
    gone = _collector(units, settings).erase(args.conversation)
    print(f"{gone} items erased; the conversation will not be collected again")


def _collector(units: UnitOfWork, settings: Settings) -> Collector:
    return Collector(units, Conversations(settings.tracker_url), settings.tracker_url)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot.labelling", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("collect", help="bring new turns into the queue").set_defaults(do=_collect)
    report = commands.add_parser("report", help="errors of the model, agreement of people")
    report.add_argument("--json", action="store_true")
    report.set_defaults(do=_report)
    exported = commands.add_parser("export", help="write what people agreed on as training data")
    exported.add_argument("path", type=Path, nargs="?", help="default: a new file in nlu/data/hand")
    exported.add_argument("--day", type=date.fromisoformat, default=date.today())
    exported.set_defaults(do=_export)
    erase = commands.add_parser("erase", help="take a conversation out of the queue for good")
    erase.add_argument("conversation", help="its id in the tracker store")
    erase.set_defaults(do=_erase)
    return parser


def main(argv: list[str] | None = None) -> int:
    """0; 1 with one line on standard error when it was refused."""
    args = _parser().parse_args(argv)
    settings = Settings.from_env()
    units = UnitOfWork.at(settings.database_url)
    prepare(units)
    command: Command = args.do
    try:
        command(args, units, settings)
    except QuadError as error:
        print(f"nothing was done: {error}", file=sys.stderr)
        if isinstance(error, ExportRefused):
            sys.stderr.writelines(f"  {fault}\n" for fault in error.faults)
        return 1
    finally:
        units.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
