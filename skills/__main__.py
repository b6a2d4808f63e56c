"""`python -m skills list|run|train|eval|report`: one JSON line last; a fault is one line."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from skills import report
from skills.errors import NotTrainable, SkillError
from skills.kit.figures import FOLDER
from skills.protocol import no_progress
from skills.registry import CARDS, get


def _parser() -> argparse.ArgumentParser:
    root = argparse.ArgumentParser(prog="python -m skills", description="The lecture systems.")
    commands = root.add_subparsers(dest="command", required=True)
    for name, about in (
        ("list", "all skills"),
        ("report", "every figure beside its target and its floor"),
    ):
        commands.add_parser(name, help=about).add_argument("--json", action="store_true")
    for name, about in (
        ("run", "run one on an input or its sample"),
        ("train", "train one on a data folder"),
        ("eval", "score the committed weights on a data folder"),
    ):
        one = commands.add_parser(name, help=about)
        one.add_argument("name")
        one.add_argument("--json", action="store_true", help="the JSON line alone")
        if name == "run":
            one.add_argument("--input", type=Path, action="append", default=[])
            one.add_argument("--option", action="append", default=[], metavar="NAME=VALUE")
            one.add_argument("--out", type=Path, help="folder for the pictures")
        else:
            one.add_argument("--data", type=Path, default=Path())
            one.add_argument("--seed", type=int, default=0)
    return root


def _list(args: argparse.Namespace) -> Any:
    cards = [
        {"name": c.name, "lecture": c.lecture, "title": c.title, "description": c.description}
        for c in CARDS.values()
    ]
    if not args.json:
        for card in cards:
            print(f"{card['name']:20} lecture {card['lecture']:>2}  {card['description']}")
    return cards


def _run(args: argparse.Namespace) -> Any:
    sources = [path.read_bytes() for path in args.input]
    options = dict(each.split("=", 1) for each in args.option)
    result = get(args.name).run(sources, options, no_progress)
    if args.out:
        args.out.mkdir(parents=True, exist_ok=True)
        for number, picture in enumerate(result.pictures):
            (args.out / f"{args.name}-{number}.png").write_bytes(picture)
    if not args.json:
        print(result.text)
    return {"name": args.name, "text": result.text, "data": dict(result.data)}


def _train(args: argparse.Namespace) -> Any:
    return {
        "name": args.name,
        "seed": args.seed,
        "metrics": get(args.name).train(args.data, args.seed),
    }


def _eval(args: argparse.Namespace) -> Any:
    metrics = get(args.name).evaluate(args.data)
    figures = {"name": args.name, "metrics": metrics, "n": metrics["n"], "seed": args.seed}
    return {**figures, "split": str(args.data)}


def _report(args: argparse.Namespace) -> Any:
    lines = list(report.lines(FOLDER))
    if not args.json:
        print(report.table(lines))
    return [report.body(line) for line in lines]


_COMMANDS = {"list": _list, "run": _run, "train": _train, "eval": _eval, "report": _report}


def main(argv: list[str] | None = None) -> int:
    """Run one command."""
    args = _parser().parse_args(argv)
    try:
        print(json.dumps(_COMMANDS[args.command](args)))
    except NotTrainable as error:
        print(f"{error.name} has nothing to train", file=sys.stderr)
        return 2
    except SkillError as error:
        facts = ", ".join(f"{name} {value}" for name, value in vars(error).items())
        print(f"{error.slug.replace('-', ' ')}: {facts}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"cannot read {error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
