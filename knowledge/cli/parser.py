"""The words of `python -m knowledge`."""

from __future__ import annotations

import argparse

from knowledge.cli import exceptions, files, graph, measuring, questions


def parser() -> argparse.ArgumentParser:
    """Students, sections, exceptions, the database, files, the graph, and what is measured."""
    root = argparse.ArgumentParser(prog="python -m knowledge", description="Keep Quad's data.")
    groups = root.add_subparsers(dest="group", required=True)
    _student(groups.add_parser("student", help="synthetic students"))
    _section(groups.add_parser("section", help="sections and their seats"))
    database = groups.add_parser("database", help="the database itself")
    database.add_subparsers(dest="command", required=True).add_parser(
        "prepare", help="migrate, and fill an empty one with the sample catalogue"
    )
    exceptions.add_parsers(groups)
    lexicon = groups.add_parser("export-lexicon", help="write the NLU generator's lexicon")
    lexicon.add_argument("path", nargs="?", default="nlu/data/lexicon.json")
    lexicon.set_defaults(command="export")
    files.add_parsers(groups)
    _explorecourses(groups.add_parser("explorecourses", help="catalogue files as XML"))
    graph.add_arguments(groups.add_parser("graph", help="the knowledge graph"))
    measuring.add_parsers(groups)
    questions.add_parsers(groups)
    return root


def _student(group: argparse.ArgumentParser) -> None:
    commands = group.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="every student, one a line")
    add = commands.add_parser("add", help="add a student, or replace the record")
    add.add_argument("suid", metavar="SUID")
    add.add_argument("--completed", default="", help="CODE,CODE,… or all (every prerequisite met)")
    add.add_argument("--max-units", type=int, default=20)
    add.add_argument("--hold", action="append", default=[], metavar="TEXT")
    add.add_argument(
        "--group",
        dest="groups",
        action="append",
        metavar="NAME",
        help="undergraduate (default), …",
    )
    add.add_argument("--window", metavar="OPEN,CLOSE", help="two ISO dates")


def _section(group: argparse.ArgumentParser) -> None:
    commands = group.add_subparsers(dest="command", required=True)
    listing = commands.add_parser("list", help="the sections of a course")
    listing.add_argument("code", metavar="CODE")
    change = commands.add_parser("set", help="change a section")
    change.add_argument("class_id", type=int, metavar="CLASS_ID")
    change.add_argument("--capacity", type=int, required=True)


def _explorecourses(group: argparse.ArgumentParser) -> None:
    commands = group.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="read XML files, count, and tell what is odd")
    check.add_argument("paths", nargs="+", metavar="PATH")
    check.add_argument("--against", metavar="FOLDER", help="course_ids.json and prereqs.json")
    prose = commands.add_parser("prose", help="measure how labelled prerequisites are read")
    prose.add_argument("paths", nargs="+", metavar="PATH")
