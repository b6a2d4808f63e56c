"""The words of `python -m knowledge`."""

from __future__ import annotations

import argparse


def parser() -> argparse.ArgumentParser:
    """The commands: students, sections, the database, the lexicon, and what is measured."""
    root = argparse.ArgumentParser(prog="python -m knowledge", description="Keep Quad's data.")
    groups = root.add_subparsers(dest="group", required=True)
    _student(groups.add_parser("student", help="synthetic students"))
    _section(groups.add_parser("section", help="sections and their seats"))
    database = groups.add_parser("database", help="the database itself")
    database.add_subparsers(dest="command", required=True).add_parser(
        "prepare", help="migrate, and fill an empty one with the sample catalogue"
    )
    lexicon = groups.add_parser("export-lexicon", help="write the NLU generator's lexicon")
    lexicon.add_argument("path", nargs="?", default="nlu/data/lexicon.json")
    lexicon.set_defaults(command="export")
    _measuring(
        groups.add_parser("stress", help="random acts of many clients; nothing may be wrong")
    )
    bench = groups.add_parser("bench-enrollment", help="enrollments a second")
    _measuring(bench)
    bench.add_argument("--seconds", type=float, default=20.0)
    return root


def _measuring(command: argparse.ArgumentParser) -> None:
    command.add_argument("--clients", type=int, default=16)
    command.add_argument("--operations", type=int, default=10_000, help="of stress")
    command.add_argument("--processes", type=int, default=4, help="of stress: the clients' homes")
    command.add_argument("--seed", type=int, default=0, help="of stress")
    command.add_argument(
        "--database", metavar="URL", help="a scratch database is made beside it, and dropped"
    )
    command.add_argument("--json", action="store_true", help="one JSON object a line")
    command.set_defaults(command="run")


def _student(group: argparse.ArgumentParser) -> None:
    commands = group.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="every student, one a line")
    add = commands.add_parser("add", help="add a student, or replace the record")
    add.add_argument("suid", metavar="SUID")
    add.add_argument("--completed", default="", help="CODE,CODE,… or all (every prerequisite met)")
    add.add_argument("--max-units", type=int, default=20)
    add.add_argument("--hold", action="append", default=[], metavar="TEXT")
    add.add_argument("--group", action="append", metavar="NAME", help="undergraduate (default), …")
    add.add_argument("--window", metavar="OPEN,CLOSE", help="two ISO dates")


def _section(group: argparse.ArgumentParser) -> None:
    commands = group.add_subparsers(dest="command", required=True)
    listing = commands.add_parser("list", help="the sections of a course")
    listing.add_argument("code", metavar="CODE")
    change = commands.add_parser("set", help="change a section")
    change.add_argument("class_id", type=int, metavar="CLASS_ID")
    change.add_argument("--capacity", type=int, required=True)
