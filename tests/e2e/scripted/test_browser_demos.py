"""Files and demos on the page: chips, dropping and pasting, runs that show how they look."""

from __future__ import annotations

import base64
import re

from chat_browser import Chat, look, png
from playwright.sync_api import Page, expect
from widget_rig import Rig

_DROP = """([kind, name, content]) => {
  const bytes = Uint8Array.from(atob(content), (each) => each.charCodeAt(0));
  const held = new DataTransfer();
  held.items.add(new File([bytes], name, { type: "image/png" }));
  const made = kind === "paste"
    ? new ClipboardEvent("paste", { clipboardData: held, bubbles: true, cancelable: true })
    : new DragEvent("drop", { dataTransfer: held, bubbles: true, cancelable: true });
  document.body.dispatchEvent(made);
}"""


def _file(name: str, content: bytes | None = None) -> dict:
    return {"name": name, "mimeType": "image/png", "buffer": content or png()}


def _address(shade: int) -> str:
    return "data:image/png;base64," + base64.b64encode(png((shade, 90, 90))).decode()


def test_files_are_named_removed_and_refused_kindly(page: Page, quad: Rig) -> None:
    chat = Chat(page)
    page.goto(quad.site)
    expect(chat.field).to_be_visible()
    attach, line = page.get_by_label("Attach a picture"), page.locator("#attached")
    chips = line.get_by_role("listitem")
    name = "<img src=x onerror=alert(1)>.png"
    attach.set_input_files([_file(name), _file("sea.png")])
    expect(chips).to_have_count(2)
    expect(line).to_contain_text("Attached.")
    expect(chips.first).to_contain_text(name)
    expect(chips.locator("canvas")).to_have_count(2)
    look(page, "attached")
    page.get_by_role("button", name=f"Remove {name}").click()
    expect(chips).to_have_count(1)
    page.evaluate(_DROP, ["drop", "dropped.png", base64.b64encode(png()).decode()])
    page.evaluate(_DROP, ["paste", "pasted.png", base64.b64encode(png()).decode()])
    expect(chips).to_have_count(3)
    attach.set_input_files(_file("big.png", b"x" * (10 * 1024 * 1024 + 1)))
    expect(line).to_contain_text("big.png is too large: 10 MB at most.")
    expect(chips).to_have_count(3)
    chat.say("run day_night")
    expect(chat.last).to_have_text("Heard.")
    expect(line).to_be_hidden()
    sent = quad.bot.heard[-1]["metadata"]["uploads"]
    assert len(set(sent)) == 3
    assert all(re.fullmatch("[0-9a-f]{32}", upload) for upload in sent)
    chat.say("and again")
    expect(chat.replies).to_have_count(2)
    assert not {"upload", "uploads"} & set(quad.bot.heard[-1]["metadata"])


def test_a_message_waits_for_its_files_and_needs_no_words(page: Page, quad: Rig) -> None:
    chat = Chat(page)
    page.goto(quad.site)
    expect(chat.field).to_be_visible()
    attach, line = page.get_by_label("Attach a picture"), page.locator("#attached")
    attach.set_input_files([_file(f"{number}.png") for number in range(13)])
    expect(line.get_by_role("listitem")).to_have_count(12)
    page.get_by_role("button", name="Send").click()  # most are still on their way
    expect(chat.said.last).to_contain_text("here is my picture")
    expect(chat.last).to_have_text("Heard.")
    assert len(quad.bot.heard[-1]["metadata"]["uploads"]) == 12


def test_a_run_shows_how_it_looks_so_far(page: Page, quad: Rig) -> None:
    chat = Chat(page)
    page.goto(quad.site)
    chat.say("paint my photo")
    expect(chat.last).to_have_text("Heard.")
    step = {"job": "j1", "text": "Painting: 10% done", "progress": 0.1, "image": _address(10)}
    quad.bot.push(step)
    so_far = chat.replies.locator(".so-far img")
    expect(so_far).to_have_attribute("alt", "So far: Painting: 10% done")
    before = so_far.evaluate("(shown) => shown.closest('.message-bubble').offsetHeight")
    quad.bot.push({**step, "text": "Painting: 60% done", "progress": 0.6, "image": _address(200)})
    expect(so_far).to_have_attribute("src", _address(200))
    expect(so_far).to_have_count(1)
    assert so_far.evaluate("(shown) => shown.closest('.message-bubble').offsetHeight") == before
    look(page, "so_far")
    chat.say("what else is there?")
    expect(chat.replies.filter(has_text="Heard.")).to_have_count(2)
    expect(so_far).to_be_visible()  # another answer does not end it
    quad.bot.push({"job": "j1", "text": "It is painted."})
    quad.bot.push({"job": "j1", "image": _address(90)})
    expect(chat.replies.filter(has_text="It is painted.")).to_be_visible()
    expect(so_far).to_be_hidden()
    page.reload()
    expect(chat.replies.filter(has_text="It is painted.")).to_be_visible()
    expect(chat.replies.filter(has_text="60% done")).to_have_count(0)
