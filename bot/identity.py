"""Who is speaking: tokens at the doors, conversations that belong to their subject, and the CLI.

The doors call `Gate`; people call `python -m bot.identity issue --suid 05551234`. A student's
number is only ever taken from a token, never from what was typed.
"""

from __future__ import annotations

import argparse
import hashlib
import secrets
import sys
from dataclasses import dataclass
from datetime import timedelta

from knowledge import tokens
from knowledge.errors import InvalidSuid, NotSignedIn
from knowledge.model.students import Principal, Role, normalise_suid
from knowledge.settings import Settings

ANONYMOUS = Principal("", Role.ANONYMOUS)
VISITOR_LIFETIME = timedelta(days=30)
STUDENT_LIFETIME = timedelta(hours=8)
SERVICE_LIFETIME = timedelta(days=3650)


@dataclass(frozen=True)
class Gate:
    """Checks tokens and names conversations; one a process."""

    secret: str

    def admit(self, authorization: str | None) -> Principal:
        """The principal of an `Authorization` header: anonymous without one; raise NotSignedIn."""
        if authorization is None:
            return ANONYMOUS
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer":
            raise NotSignedIn("not a bearer token")
        return self.verify(token.strip())

    def verify(self, token: str) -> Principal:
        """The principal of a bare token; raise NotSignedIn when it is forged or expired."""
        return tokens.verify(token, self.secret)

    def issue(self, principal: Principal, lifetime: timedelta = STUDENT_LIFETIME) -> str:
        """Sign a token for that principal."""
        return tokens.issue(principal, self.secret, lifetime)

    def visitor(self) -> str:
        """A token for somebody who has not signed in: a random subject nobody else can claim."""
        return self.issue(Principal(secrets.token_hex(16), Role.ANONYMOUS), VISITOR_LIFETIME)

    def conversation(self, principal: Principal, sender: str) -> str:
        """The id of the conversation that `sender` names for this principal alone.

        A keyed hash: the same sender under another token is another conversation, ids cannot be
        guessed, and no student number stands in logs or in the tracker store's keys.
        """
        parts = "\x1f".join((principal.role.value, principal.subject, sender))
        key = hashlib.sha256(self.secret.encode()).digest()
        return hashlib.blake2b(parts.encode(), key=key, digest_size=16).hexdigest()


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
