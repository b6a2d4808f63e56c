"""Puts the masking where no record can pass by it: into the making of records themselves.

Filters of one handler or logger would miss those that uvicorn, Sanic, Rasa or httpx add later.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from types import TracebackType
from typing import Any

from knowledge.logs.masking import mask
from knowledge.logs.names import Names

_FORMAT = "%(levelname)s %(name)s: %(message)s"
# These log whole addresses at INFO, with what stands in them; the last, what it is made of.
_NOISY = (
    "httpx", "httpx2", "httpcore", "urllib3", "asyncio", "slack_sdk", "slack_bolt", "authlib",
    "alembic.runtime.plugins",
)  # fmt: skip
_ACCESS = "uvicorn.access"  # its formatter wants the five arguments apart
_EXTRAS = ("request", "host")  # fields that Sanic adds to its access records


class Masking:
    """Makes log records; `names` may learn more while the process runs."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._make = logging.LogRecord

    def record(self, *args: Any, **kwargs: Any) -> logging.LogRecord:
        """A record in which everything is masked, its arguments worked in."""
        record = self._make(*args, **kwargs)
        if record.name == _ACCESS and isinstance(record.args, tuple):
            record.args = tuple(self._plain(each) for each in record.args)
        else:
            record.msg, record.args = self._text(_message(record)), None
        if record.exc_info and record.exc_info[0] is not None:
            # Formatters take this text and never look at the exception.
            lines = traceback.format_exception(*record.exc_info)
            record.exc_text = self._text("".join(lines).rstrip("\n"))
        if record.stack_info:
            record.stack_info = self._text(record.stack_info)
        return record

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask the fields that a logger adds to a record after it was made."""
        for name in _EXTRAS:
            value = record.__dict__.get(name)
            if isinstance(value, str):
                record.__dict__[name] = self._text(value)
        return True

    def _plain(self, value: Any) -> Any:
        return self._text(value) if isinstance(value, str) else value

    def _text(self, text: str) -> str:
        return mask(text, self._names)


def install(level: int = logging.INFO, names: Names | None = None) -> Names:
    """Log to standard error from now on, masked; returns the names, to be taught later."""
    known = names if names is not None else Names()
    masking = Masking(known)
    logging.setLogRecordFactory(masking.record)
    logging.basicConfig(level=level, format=_FORMAT)
    logging.captureWarnings(True)
    logging.getLogger("sanic.access").addFilter(masking.filter)
    for noisy in _NOISY:
        logging.getLogger(noisy).setLevel(logging.WARNING)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)  # of libraries, not of ours
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread
    return known


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # arguments that do not fit the message: show both, lose neither
        return f"{record.msg} {record.args!r}"


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("quad").critical("ended by", exc_info=(kind, error, trace))


def _uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is None or issubclass(args.exc_type, SystemExit):
        return
    where = args.thread.name if args.thread is not None else "a thread"
    facts = (args.exc_type, args.exc_value, args.exc_traceback)
    logging.getLogger("quad").error("%s ended by", where, exc_info=facts)
