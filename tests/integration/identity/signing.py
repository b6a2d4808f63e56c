"""What the tests of signing in share: a browser without script that walks through the provider."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import httpx

from bot.identity.people import Person
from knowledge.model.students import Principal, Role

SECRET = "a secret for the tests alone, longer than thirty-two bytes"
STUDENT = "student-05990001"
ADMIN = "staff-admin"
RATER = "staff-rater"
ROBIN = Person(Principal("05990001", Role.STUDENT), "Robin First")
ADA = Person(Principal("ada", Role.ADMIN), "Ada")
GARBAGE = ("", "x", "a" * 43, "../../etc/passwd", "' OR 1=1 --", "\x00", "ключ", "a" * 190)


class Browser:
    """One browser: its cookies, and the steps of a sign-in."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.http = httpx.Client(base_url=site, timeout=20)

    def leave(self, query: str = "popup=1") -> str:
        """Begin a sign-in; the address of the provider's page."""
        gone = self.http.get(f"/sign-in?{query}")
        assert gone.status_code == 303, gone.text
        return gone.headers["location"]

    def choose(self, address: str, person: str) -> str:
        """Choose a person on the provider's page; the address to go back to."""
        page = self.http.get(address)
        assert page.status_code == 200, page.text
        ask = re.search(r'name="ask" value="([^"]+)"', page.text).group(1)
        sent = self.http.post("/sso/authorize", data={"ask": ask, "person": person})
        assert sent.status_code == 303, sent.text
        return sent.headers["location"]

    def sign_in(self, person: str = STUDENT, query: str = "popup=1") -> httpx.Response:
        """The whole way, to the last page."""
        return self.http.get(self.choose(self.leave(query), person))

    def code(self, person: str = STUDENT) -> str:
        """The code that the pop-up would hand to its opener."""
        return unescape(re.search(r'data-code="([^"]+)"', self.sign_in(person).text).group(1))

    def tokens(self, person: str = STUDENT) -> dict:
        """A token set of somebody who has signed in."""
        answer = self.http.post("/session/exchange", json={"code": self.code(person)})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def refresh(self, secret: str) -> httpx.Response:
        return self.http.post("/session/refresh", json={"refresh": secret})

    def record(self, token: str, suid: str = "05990001") -> int:
        """How Axess answers this token."""
        headers = {"Authorization": f"Bearer {token}"}
        return self.http.get(f"/axess/students/{suid}", headers=headers).status_code


def query_of(address: str) -> dict[str, str]:
    """The query of an address, each name once."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


class Refusals:
    """Counts what was refused, for the test's output."""

    def __init__(self) -> None:
        self.count = 0

    def expect(self, answer: httpx.Response, status: int) -> None:
        assert answer.status_code == status, (answer.url, answer.text)
        assert "set-cookie" not in answer.headers
        self.count += 1
