"""Requests that no page of ours sends: strange methods, sizes, bytes, hosts, paths, lines."""

from __future__ import annotations

import socket
from urllib.parse import quote, urlsplit

import pytest
from payloads import DATABASES, ELSEWHERE, LINES, PATHS, PAYLOADS
from test_every_route import LEAKS, looked_at

METHODS = ("TRACE", "CONNECT", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "QUAD", "HEAD")
OUTSIDE = ("root:x:", "create_app", "[core]", "SECRET_KEY")


def _raw(target, text: str | bytes) -> bytes:
    """What is answered to these bytes; what is no HTTP may simply be hung up on."""
    address = urlsplit(target.url)
    with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
        connection.sendall(text.encode("latin-1", "replace") if isinstance(text, str) else text)
        connection.shutdown(socket.SHUT_WR)
        pieces = []
        while piece := connection.recv(65_536):
            pieces.append(piece)
    return b"".join(pieces)


def test_no_method_surprises(target) -> None:
    known = {(found.method, found.path) for found in target.routes}
    for path in sorted({found.path for found in target.routes}):
        for method in METHODS:
            if (method, path) in known or method == "CONNECT":
                continue
            place = next(found for found in target.routes if found.path == path)
            answer = target.people.request(method, place.at(target.samples))
            assert answer.status_code < 500, (method, path)
            if method not in ("HEAD", "OPTIONS"):
                assert answer.status_code in (400, 401, 403, 404, 405, 501), (method, path)
            assert "TRACE" not in answer.headers.get("allow", "")


def test_paths_never_leave_their_folder(target) -> None:
    for path in PATHS:
        for base in ("/static/", "/", "/axess/", "/admin/exports/", "/admin/imports/"):
            answer = _raw(
                target, f"GET {base}{path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
            )
            assert not [mark for mark in OUTSIDE if mark.encode() in answer], (base, path)
            assert b" 500 " not in answer.split(b"\r\n")[0], (base, path)


@pytest.mark.parametrize("folder", ["/static", "/static/", "/static/../static/", "/axess/"])
def test_no_folder_is_listed(target, folder: str) -> None:
    answer = target.stranger.get(folder, follow_redirects=True)
    assert answer.status_code in (404, 405)
    assert "chat.js" not in answer.text


def test_nobody_is_led_to_another_site(target) -> None:
    """Every parameter of every route, and every `back` of a form, with every address of theirs."""
    tried = 0
    for found in target.routes:
        names = found.parameters if found.method == "GET" else found.fields
        leading = {"back", "next", "redirect", "redirect_uri", "url", "return_to"} & {*names}
        for name in leading | ({"next", "back"} if found.path.endswith("sign-in") else set()):
            for address in ELSEWHERE:
                given = {name: address, **({"token": _admin(target)} if "token" in names else {})}
                options = {"params": given} if found.method == "GET" else {"data": given}
                answer = target.stranger.request(found.method, found.at(target.samples), **options)
                _stays_here(target, answer)
                tried += 1
    print(f"{tried} redirects tried")
    assert tried >= len(ELSEWHERE) * 6


def _admin(target) -> str:
    from knowledge.model.students import Principal, Role

    return target.gate.issue(Principal("ada", Role.ADMIN))


def _stays_here(target, answer) -> None:
    assert answer.status_code < 500
    place = answer.headers.get("location", "/")
    assert "\\" not in place
    first = urlsplit(place)
    host = urlsplit(target.url).netloc
    assert first.scheme in ("", "http", "https")
    ours = {"", host, host.replace("127.0.0.1", "localhost"), *_providers(target)}
    assert first.netloc in ours, place
    assert not place.startswith("//")


def _providers(target) -> set[str]:
    """Where signing in may lead: the provider of the settings, and the site as it names itself."""
    settings = target.settings
    return {urlsplit(each).netloc for each in (settings.site_url, settings.sign_in.issuer or "")}


@pytest.mark.parametrize("host", ["evil.example", "localhost:1", "a" * 300, "x\ty", "[::1]:99999"])
def test_the_host_header_is_not_believed(target, host: str) -> None:
    for path in ("/", "/admin/", "/label/", "/session", "/docs", "/admin/sign-in", "/static"):
        answer = target.stranger.get(path, headers={"Host": host, "X-Forwarded-Host": host})
        assert host not in answer.text
        place = urlsplit(answer.headers.get("location", "")).netloc
        assert "evil" not in place, path


def test_lines_cannot_be_added_to_an_answer(target) -> None:
    for line in LINES:
        for found in target.routes:
            if found.method == "GET" and found.parameters and found.area != "axess":
                params = dict.fromkeys(found.parameters, line)
                answer = target.people.get(found.at(target.samples), params=params)
                assert "x-injected" not in answer.headers
                assert "evil" not in answer.headers.get("set-cookie", "")
                assert answer.status_code < 500, (found.path, line)


def test_odd_bytes_in_addresses_and_bodies(target) -> None:
    for found in target.routes:
        path = found.at(target.samples)
        for odd in ("%00", "%ff%fe", "%F0%9F%98%80", "%u0041", "a" * 3000):
            answer = target.people.request(found.method, f"{path}{odd}")
            assert answer.status_code < 500, (found, odd)
        for kind in ("application/json", "text/plain", "application/xml", "multipart/form-data"):
            if found.method in ("POST", "PUT", "PATCH", "DELETE"):
                for body in (b"\x00\xff", b"[" * 5000, b'{"a": NaN}', b"<!DOCTYPE x>", b""):
                    answer = target.stranger.request(
                        found.method, path, content=body, headers={"Content-Type": kind}
                    )
                    assert answer.status_code < 500, (found, kind, body[:10])
                    assert not LEAKS.search(answer.text), found


def test_too_much_is_refused_before_it_is_read(target) -> None:
    for found in target.routes:
        if found.method == "POST" and found.area in ("admin", "label", "rate"):
            if found.path.endswith("/upload"):
                continue  # has its own, larger limit
            answer = target.people.post(found.at(target.samples), content=b"x" * 600_000)
            assert answer.status_code == 413, found


@pytest.mark.parametrize(
    "text",
    [
        "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
        "0\r\n\r\nGET /admin HTTP/1.1\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
        "GET  /  HTTP/1.1\r\n\r\n",
        "\x00\x01\x02\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nX: " + "y" * 100_000 + "\r\n\r\n",
        "POST /session/visitor HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        "POST /session/visitor HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_what_is_no_good_http_harms_nobody(target, text: str) -> None:
    answer = _raw(target, text)
    assert not LEAKS.search(answer.decode("latin-1"))
    assert target.stranger.get("/health").status_code in (200, 503)


def test_databases_are_not_spoken_to(target) -> None:
    """No error, no delay, and no more rows for a clever question than for a foolish one."""
    plain = len(target.people.get("/admin/students", params={"q": "nobody at all"}).text)
    for text in DATABASES:
        for found in target.routes:
            if found.method != "GET" or not found.parameters:
                continue
            params = dict.fromkeys(found.parameters, text)
            answer = target.people.get(found.at(target.samples), params=params)
            assert answer.status_code < 500, (found.path, text)
            assert not LEAKS.search(answer.text), (found.path, text)
        shown = target.people.get("/admin/students", params={"q": text})
        assert abs(len(shown.text) - plain) < 600, text
        answer = target.stranger.get(f"/axess/students/{quote(text, safe='')}/enrollments")
        assert answer.status_code in (401, 404, 422), text
    with target.units.read() as work:
        assert len(work.students.all()) > 10


def test_headers_of_requests_are_shown_nowhere(target) -> None:
    for payload in PAYLOADS:
        shown = payload.encode("ascii", "ignore").decode().translate(dict.fromkeys(range(32)))
        headers = dict.fromkeys(
            ("User-Agent", "Referer", "Accept-Language", "X-Forwarded-For", "X-Request-Id"), shown
        )
        for path in ("/", "/nothing", "/admin/sign-in"):
            assert looked_at(target.stranger.get(path, headers=headers)) == []
