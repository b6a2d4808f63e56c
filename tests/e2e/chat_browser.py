"""What the browser tests of the chat page and the widget share: the page in its own words.

deep-chat draws the conversation inside a shadow root, which Playwright's locators look through.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import shots
from admin_browser import violations
from PIL import Image
from playwright.sync_api import BrowserContext, FrameLocator, Locator, Page, expect

_WATCH = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`Policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""


class Chat:
    """The conversation of a page, or of the widget's frame."""

    def __init__(self, place: Page | FrameLocator) -> None:
        self.place = place
        self.field = place.get_by_role("textbox")
        self.said = place.locator(".user-message-text")
        self.replies = place.locator(".ai-message-text")
        self.log = place.get_by_role("log")
        self.who = place.locator("#who")

    def say(self, text: str) -> None:
        self.field.fill(text)
        self.field.press("Enter")

    @property
    def last(self) -> Locator:
        return self.replies.last

    def sign_in(self, page: Page, suid: str) -> None:
        """By the window of the development provider."""
        with page.expect_popup() as opened:
            self.place.get_by_role("button", name="Sign in").click()
        opened.value.locator(f"button[value='student-{suid}']").click()
        expect(self.who).to_contain_text("Signed in as")


@contextmanager
def watched(context: BrowserContext) -> Iterator[None]:
    """Nothing on any page of this context may raise or break its own policy."""
    errors: list[str] = []
    context.add_init_script(_WATCH)

    def listen(page: Page) -> None:
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if "Policy" in said.text else None)

    context.on("page", listen)
    yield
    assert not errors, errors


def look(page: Page, name: str, widths: tuple[int, ...] = (1280, 360)) -> None:
    """Keep pictures; nothing cut off, nothing in the page or its frames that axe finds wrong."""
    size = page.viewport_size
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        shots.keep(page, f"chat_{name}_{width}", whole=False)
        spread = page.evaluate("document.documentElement.scrollWidth")
        assert spread <= width, f"{name} is {spread} wide on a screen of {width}"
        found = violations(page)
        assert not found, f"{name}: {found}"
    if size:
        page.set_viewport_size(size)


def png(colour: tuple[int, int, int] = (110, 170, 250)) -> bytes:
    out = BytesIO()
    Image.new("RGB", (400, 240), colour).save(out, "PNG")
    return out.getvalue()
