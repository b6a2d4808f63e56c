"""Uploads: whole on the disk or not at all, however the bytes are cut."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.requests import ClientDisconnect, Request

from bot.web.admin.receiving import receive
from bot.web.admin.refusals import UploadMissing, UploadTooLarge

EDGE = "edge"
TYPE = f"multipart/form-data; boundary={EDGE}"


def _body(*parts: tuple[str, bytes]) -> bytes:
    made = b"".join(b"--edge\r\n%s\r\n\r\n%s\r\n" % (head.encode(), data) for head, data in parts)
    return made + b"--edge--\r\n"


def _file(data: bytes, filename: str = "x.csv", name: str = "file") -> tuple[str, bytes]:
    return f'Content-Disposition: form-data; name="{name}"; filename="{filename}"', data


def _field(name: str, value: str) -> tuple[str, bytes]:
    return f'Content-Disposition: form-data; name="{name}"', value.encode()


def _request(body: bytes, cut: int = 7, kind: str = TYPE, breaks: bool = False) -> Request:
    pieces = [body[at : at + cut] for at in range(0, len(body), cut)] or [b""]

    async def take() -> dict:
        if not pieces:
            return {"type": "http.disconnect"}
        piece = pieces.pop(0)
        more = bool(pieces) or breaks
        return {"type": "http.request", "body": piece, "more_body": more}

    scope = {"type": "http", "headers": [(b"content-type", kind.encode())]}
    return Request(scope, take)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.binary(max_size=400), st.integers(1, 50))
async def test_any_bytes_cut_anywhere_arrive_as_they_are(
    tmp_path: Path, data: bytes, cut: int
) -> None:
    if b"--edge" in data:
        return
    body = _body(_field("form_key", "k"), _file(data, "a/b\\c.csv"))
    received = await receive(_request(body, cut), tmp_path / "x")
    assert (tmp_path / "x").read_bytes() == data
    assert (received.filename, received.size) == ("c.csv", len(data))
    assert received.fields == {"form_key": "k"}


@pytest.mark.parametrize(
    ("request_", "error"),
    [
        (_request(_body(_file(b"x" * 101))), UploadTooLarge),
        (_request(_body(_field("form_key", "k"))), UploadMissing),
        (_request(_body(_file(b"x"), _file(b"y"))), UploadMissing),
        (_request(_body(_file(b"x", name="other"))), UploadMissing),
        (_request(_body(_field("a", "x" * 5000))), UploadMissing),
        (_request(_body(_file(b"x"))[:-14]), UploadMissing),
        (_request(b"garbage"), UploadMissing),
        (_request(b"a=b", kind="application/x-www-form-urlencoded"), UploadMissing),
        (_request(_body(_file(b"x"))[:60], breaks=True), ClientDisconnect),
    ],
)
async def test_what_is_not_whole_leaves_nothing(
    tmp_path: Path, request_: Request, error: type[Exception]
) -> None:
    with pytest.raises(error):
        await receive(request_, tmp_path / "x", limit=100)
    assert list(tmp_path.iterdir()) == []
