"""Tokens for tests, scripts and the REST door; and who is signed in, and ending it.

`python -m bot.identity issue --suid 05551234`, `list`, `end --id ID`, `end --subject 05551234`.
"""

from __future__ import annotations

import argparse
import sys
from datetime import timedelta

from bot.identity.ended import EndedSignIns
from bot.identity.gate import Gate
from bot.identity.sign_ins import SignIns
from bot.storage.database import shared
from knowledge.errors import InvalidSuid
from knowledge.model.students import Principal, Role, normalise_suid
from knowledge.settings import Settings


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot.identity", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    issue = commands.add_parser("issue", help="print a signed token")
    issue.add_argument(
        "--suid", required=True, help="student number, or an admin's or rater's name"
    )
    roles = [Role.STUDENT.value, Role.RATER.value, Role.ADMIN.value]
    issue.add_argument("--role", choices=roles, default="student")
    issue.add_argument("--hours", type=float, default=8.0, help="how long the token is valid")
    commands.add_parser("list", help="the sign-ins that count now")
    which = commands.add_parser("end", help="end sign-ins").add_mutually_exclusive_group(
        required=True
    )
    which.add_argument("--id", help="one sign-in, as `list` names it")
    which.add_argument("--subject", help="all of a student's, an admin's or a rater's")
    return parser


def main(argv: list[str] | None = None) -> int:
    """Run a command; 2 with one line on standard error when it cannot be done."""
    args = _parser().parse_args(argv)
    settings = Settings.from_env()
    if args.command == "issue":
        return _issue(settings, args.suid, Role(args.role), timedelta(hours=args.hours))
    database = shared(settings.database_url)
    sign_ins = SignIns(database, settings.secret, EndedSignIns(database))
    if args.command == "list":
        return _list(sign_ins)
    return _end(sign_ins, args.id, args.subject)


def _issue(settings: Settings, name: str, role: Role, lifetime: timedelta) -> int:
    try:
        subject = normalise_suid(name) if role is Role.STUDENT else name
    except InvalidSuid as error:
        print(f"not a student number (seven or eight digits): {error.text}", file=sys.stderr)
        return 2
    print(Gate(settings.secret).issue(Principal(subject, role), lifetime))
    return 0


def _list(sign_ins: SignIns) -> int:
    for each in sign_ins.counting():
        principal = each.person.principal
        begun, until = (f"{moment:%Y-%m-%d %H:%M}" for moment in (each.begun_at, each.expires_at))
        print(
            f"{each.sign_in_id}  {principal.role.value:8}{principal.subject:24}{begun} to {until}"
        )
    return 0


def _end(sign_ins: SignIns, sign_in_id: str | None, subject: str | None) -> int:
    ended = sign_ins.end_id(sign_in_id) if sign_in_id else sign_ins.end_all(subject or "")
    print(f"ended: {ended}")
    if not ended:
        print("no such sign-in counts now", file=sys.stderr)
    return 0 if ended else 2


if __name__ == "__main__":
    sys.exit(main())
