"""The same payloads in a real browser, which alone knows what it runs: nothing of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from payloads import PAYLOADS
from playwright.sync_api import BrowserContext, Page
from poison import FIRST_SUID

from knowledge.model.students import Principal, Role

WATCH = "window.hits = []; window.hit = (n) => { window.hits.push(n ?? 0); };"


@pytest.fixture
def page(browser, poisoned_site) -> Iterator[Page]:
    """Signed in everywhere; whatever a page runs or asks, the test learns of it."""
    context: BrowserContext = browser.new_context()
    context.add_init_script(WATCH)
    page = context.new_page()
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    # Only what a page's policy lets through gets as far as this.
    context.route(
        re.compile("evil"), lambda route: (asked.append(route.request.url), route.abort())
    )
    token = poisoned_site.gate.issue(Principal("ada", Role.ADMIN))
    for area in ("admin", "label", "rate"):
        answer = context.request.post(f"{poisoned_site.url}/{area}/sign-in", form={"token": token})
        assert answer.ok
    student = poisoned_site.gate.issue(Principal(f"{FIRST_SUID:08d}", Role.STUDENT))
    cookie = {"name": "quad", "value": student, "url": poisoned_site.url, "httpOnly": True}
    context.add_cookies([cookie])
    yield page
    assert asked == []
    context.close()


def _unharmed(page: Page, url: str) -> None:
    page.goto(url)
    # Whoever moves over the page, or tabs through it, sets nothing off either.
    page.mouse.move(200, 200)
    for _ in range(3):
        page.keyboard.press("Tab")
    assert page.evaluate("window.hits") == [], url
    assert len(page.frames) == 1, url
    inside = page.evaluate(
        "document.querySelectorAll('iframe, object, embed, base, script:not([src])').length"
    )
    assert inside == 0, url


def test_the_own_pages_of_our_people(page: Page, poisoned_site) -> None:
    paths = [
        *("/admin/", "/admin/courses", "/admin/sections", "/admin/students", "/admin/petitions"),
        *("/admin/audit", "/admin/questions", "/admin/imports", "/admin/terms", "/docs"),
        *("/label/", "/label/adjudicate", "/label/report", "/rate/", "/check-in"),
        *(f"/admin/audit/{number}" for number in (3, 30)),
    ]
    for path in paths:
        _unharmed(page, f"{poisoned_site.url}{path}")
    print(f"{len(paths)} pages of many payloads each")


@pytest.mark.parametrize("area", ["admin/students", "label/items", "rate/items"])
def test_a_page_a_payload(page: Page, poisoned_site, area: str) -> None:
    """Every fifth payload alone on its page: a broken one cannot hide the next."""
    for number in range(0, len(PAYLOADS), 5):
        name = f"{FIRST_SUID + number:08d}" if area == "admin/students" else str(number + 1)
        _unharmed(page, f"{poisoned_site.url}/{area}/{name}")


def test_the_watch_itself_sees_what_runs(browser) -> None:
    """A page without our care is harmed, so the tests above could have failed."""
    context = browser.new_context()
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto("data:text/html,<title>x</title>")
    page.evaluate("payload => { document.body.innerHTML = payload; }", "<img src=x onerror=hit()>")
    page.wait_for_function("window.hits.length > 0")
    harmed = 0
    for payload in PAYLOADS[::8]:
        page.goto("data:text/html,<title>x</title>")
        page.set_content(f"<!doctype html><body><p>{payload}</p></body>")
        page.wait_for_timeout(15)
        harmed += bool(page.evaluate("window.hits.length"))
    assert harmed >= 5
    context.close()


def test_a_policy_stands_behind_the_escaping(page: Page, poisoned_site) -> None:
    """Were a text not escaped, the policy of the page would still not run it."""
    for path in ("/admin/", "/label/report", "/rate/", "/docs", "/check-in", "/"):
        page.goto(f"{poisoned_site.url}{path}")
        page.evaluate(
            "() => { const box = document.createElement('div');"
            " box.innerHTML = '<img src=x onerror=hit()>'; document.body.append(box); }"
        )
        page.wait_for_timeout(50)
        assert page.evaluate("window.hits") == [], path
        with pytest.raises(Exception, match=r"(?i)content security policy|EvalError|unsafe-eval"):
            page.add_script_tag(content="hit()")


def test_tokens_are_out_of_reach_of_scripts(page: Page, poisoned_site) -> None:
    page.goto(f"{poisoned_site.url}/admin/")
    assert page.evaluate("document.cookie") == ""
