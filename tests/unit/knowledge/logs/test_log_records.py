"""Once installed, no record of any logger shows what must not be seen."""

from __future__ import annotations

import io
import logging
import sys
import threading
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
import uvicorn.logging

from knowledge import logs

SUID, NAME, TOKEN = "05971234", "Ada Lovelace", "eyJhbGciOi.eyJzdWIi.c2ln"
SECRETS = (SUID, NAME, TOKEN, "ada@stanford.edu")
ALL = " ".join(SECRETS)


@pytest.fixture
def shown() -> Iterator[io.StringIO]:
    """What a handler of somebody else's writes; everything is as before afterwards."""
    factory, hooks = logging.getLogRecordFactory(), (sys.excepthook, threading.excepthook)
    logs.install(names=logs.Names([NAME]))
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    logger = logging.getLogger("strange")
    logger.addHandler(handler)
    logging.getLogger("quad").addHandler(handler)
    yield out
    logger.removeHandler(handler)
    logging.getLogger("quad").removeHandler(handler)
    logging.getLogger("sanic.access").filters.clear()
    logging.captureWarnings(False)
    logging.setLogRecordFactory(factory)
    sys.excepthook, threading.excepthook = hooks


def _clean(out: io.StringIO) -> str:
    text = out.getvalue()
    assert text
    assert not [secret for secret in SECRETS if secret in text]
    return text


def test_messages_and_arguments(shown: io.StringIO) -> None:
    logger = logging.getLogger("strange")
    logger.warning(ALL)
    logger.warning("of %s: %r", SUID, {"who": ALL})
    logger.warning("%(who)s", {"who": ALL})
    logger.warning({"who": ALL})
    logger.warning("does not fit: %d %d", ALL)
    assert "does not fit" in _clean(shown)


def _fail(text: str) -> None:
    held = {"name": text}
    raise ValueError(f"cannot do {text} with {held}")


def test_tracebacks_causes_and_stacks(shown: io.StringIO) -> None:
    logger = logging.getLogger("strange")
    try:
        try:
            _fail(ALL)
        except ValueError as error:
            raise KeyError(ALL) from error
    except KeyError:
        logger.exception("it failed for %s", SUID)
    logger.warning("here", stack_info=True)
    text = _clean(shown)
    assert "ValueError: cannot do" in text
    assert "in _fail" in text


def test_the_access_log_of_uvicorn_keeps_its_form(shown: io.StringIO) -> None:
    logger = logging.getLogger("uvicorn.access")
    logger.setLevel(logging.INFO)  # a server of another test may have made it quieter
    logger.disabled = False
    handler = logging.StreamHandler(shown)
    handler.setFormatter(uvicorn.logging.AccessFormatter("%(request_line)s %(status_code)s"))
    logger.addHandler(handler)
    path = f"/axess/students/{SUID}/enrollments?token={TOKEN}"
    logger.warning('%s - "%s %s HTTP/%s" %d', "1.2.3.4:5", "GET", path, "1.1", 200)
    logger.removeHandler(handler)
    assert "GET /axess/students/[number]/enrollments" in _clean(shown)


def test_the_access_log_of_sanic_which_adds_fields(shown: io.StringIO) -> None:
    logger = logging.getLogger("sanic.access")
    handler = logging.StreamHandler(shown)
    handler.setFormatter(logging.Formatter("%(request)s"))
    logger.addHandler(handler)
    logger.warning("", extra={"request": f"GET /x/{SUID}/{ALL}", "host": "1.2.3.4"})
    logger.removeHandler(handler)
    assert "GET /x/[number]" in _clean(shown)


def test_structlog_and_warnings(shown: io.StringIO) -> None:
    made: Any = structlog.wrap_logger(
        logging.getLogger("strange"), processors=[structlog.processors.JSONRenderer()]
    )
    made.warning("message", text=ALL)
    logging.getLogger("py.warnings").addHandler(logging.StreamHandler(shown))
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(True)
        warnings.warn(ALL, stacklevel=1)
    logging.getLogger("py.warnings").handlers.clear()
    _clean(shown)


def test_what_nobody_has_caught(shown: io.StringIO) -> None:
    thread = threading.Thread(target=_fail, args=(ALL,), name=f"thread of {SUID}")
    thread.start()
    thread.join()
    try:
        _fail(ALL)
    except ValueError:
        sys.excepthook(*sys.exc_info())
    assert _clean(shown).count("ended by") == 2
