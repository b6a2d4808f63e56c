"""`python -m bot.identity issue --suid 05551234`: tokens for tests, scripts and the REST door."""

from __future__ import annotations

import argparse
import sys
from datetime import timedelta

from bot.identity.gate import Gate
from knowledge.errors import InvalidSuid
from knowledge.model.students import Principal, Role, normalise_suid
from knowledge.settings import Settings


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot.identity", description=__doc__)
    issue = parser.add_subparsers(dest="command", required=True).add_parser(
        "issue", help="print a signed token"
    )
    issue.add_argument(
        "--suid", required=True, help="student number, or an admin's or rater's name"
    )
    roles = [Role.STUDENT.value, Role.RATER.value, Role.ADMIN.value]
    issue.add_argument("--role", choices=roles, default="student")
    issue.add_argument("--hours", type=float, default=8.0, help="how long the token is valid")
    return parser


def main(argv: list[str] | None = None) -> int:
    """Print a token; 2 with one line on standard error when the number is not one."""
    args = _parser().parse_args(argv)
    role = Role(args.role)
    try:
        subject = normalise_suid(args.suid) if role is Role.STUDENT else args.suid
    except InvalidSuid as error:
        print(f"not a student number (seven or eight digits): {error.text}", file=sys.stderr)
        return 2
    gate = Gate(Settings.from_env().secret)
    print(gate.issue(Principal(subject, role), timedelta(hours=args.hours)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
