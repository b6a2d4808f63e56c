"""Whether a request comes from Slack, and now: checked before anything of it is read.

Source: https://docs.slack.dev/authentication/verifying-requests-from-slack/
"""

from __future__ import annotations

import hashlib
import hmac
import re
import time
from collections.abc import Callable, Mapping

OLDEST_SECONDS = 300
LARGEST = 1_000_000  # bytes; Slack's own payloads stay far below
_NUMBER = re.compile(r"\d{1,12}", re.ASCII)
_VERSION = "v0"


class Signatures:
    """Checks the signature of one Slack app's requests."""

    def __init__(self, secret: str, clock: Callable[[], float] = time.time) -> None:
        self._secret = secret.encode()
        self._clock = clock

    def refusal(self, headers: Mapping[str, str], body: bytes) -> str | None:
        """Why the request is refused, in a word for the log; None when Slack sent it just now."""
        sent_at = headers.get("x-slack-request-timestamp") or ""
        signature = headers.get("x-slack-signature") or ""
        if not sent_at or not signature:
            return "unsigned"
        if len(body) > LARGEST:
            return "too-large"
        if not _NUMBER.fullmatch(sent_at):
            return "forged"
        if abs(self._clock() - int(sent_at)) > OLDEST_SECONDS:
            return "stale"
        expected = self.sign(sent_at, body)
        if not hmac.compare_digest(expected.encode(), signature.encode("utf-8", "replace")):
            return "forged"
        return None if _readable(body) else "unreadable"

    def sign(self, sent_at: str, body: bytes) -> str:
        """The signature that Slack gives to a body at that second."""
        base = b":".join((_VERSION.encode(), sent_at.encode(), body))
        return f"{_VERSION}={hmac.new(self._secret, base, hashlib.sha256).hexdigest()}"


def _readable(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True
