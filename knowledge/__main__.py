"""`python -m knowledge`: one clear line for every fault, exit status 2."""

from __future__ import annotations

import sys

from knowledge.cli.commands import run
from knowledge.cli.parser import parser
from knowledge.errors import QuadError
from knowledge.settings import Settings


def main(argv: list[str] | None = None) -> int:
    """Run one command."""
    args = parser().parse_args(argv)
    try:
        for line in run(args, Settings.from_env()):
            print(line)
    except QuadError as error:
        facts = ", ".join(f"{name} {value}" for name, value in error.data().items())
        print(f"{error.problem.replace('-', ' ')}: {facts}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
