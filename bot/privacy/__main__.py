"""`python -m bot.privacy export SUID | erase SUID | sweep`: a student's personal data.

Ends with 0 when it was done, 1 when it could not be done (nobody of that number, seats still
held, a database in use), 2 when the number is none or the answer to the question was no.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from bot.privacy.erasing import erase
from bot.privacy.errors import NothingKept, NotScrubbed, StillEnrolled
from bot.privacy.exporting import export
from bot.privacy.person import Person, find
from bot.privacy.stores import Stores
from bot.privacy.sweeping import sweep
from knowledge.errors import InvalidSuid, QuadError
from knowledge.settings import Settings

Command = Callable[[argparse.Namespace, Stores, Settings], int]


def _export(args: argparse.Namespace, stores: Stores, settings: Settings) -> int:
    text = json.dumps(export(stores, find(stores, args.suid)), ensure_ascii=False, indent=2)
    if args.out is None:
        print(text)
        return 0
    _write_private(args.out, text)
    print(f"written to {args.out}, readable by you alone")
    return 0


def _erase(args: argparse.Namespace, stores: Stores, settings: Settings) -> int:
    person = find(stores, args.suid)
    if not args.yes and not _agreed(person, args.record):
        print("nothing was erased", file=sys.stderr)
        return 2
    done = erase(stores, person, settings.clock(), record=args.record)
    print("erased:")
    for name, count in done.gone.items():
        print(f"  {name}: {count}")
    if done.kept:
        kept = ", ".join(f"{count} in {name}" for name, count in done.kept.items())
        print(f"kept, as the education record that Axess must keep: {kept}")
        print("(--record takes that out too, and leaves the audit log under a pseudonym)")
    return 0


def _sweep(args: argparse.Namespace, stores: Stores, settings: Settings) -> int:
    done = sweep(stores, settings.retention_days)
    print(f"older than {settings.retention_days} days and removed:")
    for name, count in done.gone.items():
        print(f"  {name}: {count}")
    return 0


def _write_private(path: Path, text: str) -> None:
    """Whole or not at all, and for nobody else's eyes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    part.write_text(text, encoding="utf-8")
    os.replace(part, path)


def _agreed(person: Person, record: bool) -> bool:
    what = "everything, with the education record," if record else "everything but the record"
    try:
        answer = input(f"Erase {what} of {person.suid} {person.name}? Type the number again: ")
    except EOFError:
        return False
    return answer.strip() == person.suid


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot.privacy", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    exported = commands.add_parser("export", help="all that is kept about a student, as JSON")
    exported.add_argument("suid")
    exported.add_argument("--out", type=Path, help="a file; else standard output")
    exported.set_defaults(do=_export)
    erased = commands.add_parser("erase", help="take a student out of all that Quad keeps")
    erased.add_argument("suid")
    erased.add_argument("--yes", action="store_true", help="do not ask")
    erased.add_argument("--record", action="store_true", help="the education record too")
    erased.set_defaults(do=_erase)
    swept = commands.add_parser("sweep", help="remove what is older than QUAD_RETENTION_DAYS")
    swept.set_defaults(do=_sweep)
    return parser


def main(argv: list[str] | None = None) -> int:
    """Run one command; see above for the exit status."""
    args = _parser().parse_args(argv)
    settings = Settings.from_env()
    stores = Stores.of(settings)
    command: Command = args.do
    try:
        return command(args, stores, settings)
    except InvalidSuid as error:
        print(f"not a student number (seven or eight digits): {error.text}", file=sys.stderr)
        return 2
    except QuadError as error:
        print(_reason(error), file=sys.stderr)
        return 1
    finally:
        stores.close()


def _reason(error: QuadError) -> str:
    match error:
        case NothingKept():
            return f"nothing is kept about {error.suid}"
        case StillEnrolled():
            classes = ", ".join(str(each) for each in error.classes)
            return (
                f"nothing was erased: {error.suid} still holds seats in {classes}; drop them first"
            )
        case NotScrubbed():
            return f"erased, but {error.database} is in use: run it again to clear free pages"
        case _:
            return f"not done, try again: {error}"


if __name__ == "__main__":
    sys.exit(main())
