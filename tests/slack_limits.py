"""Slack's documented limits, applied to the payload of a Web API call as Slack applies them.

Pages of docs.slack.dev: "chat.postMessage", "chat.update", "chat.postEphemeral", "views.open",
"views.publish", "Blocks" and its page for each block, "Block elements", "Composition objects",
"Modal views", "Home tab views". Written apart from bot/channels/slack/blocks/limits.py on purpose:
a limit mistaken there is found here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from slack_parts import LimitBroken, PartRules, size

__all__ = ["LimitBroken", "check"]

_MESSAGES = {"chat.postMessage", "chat.update", "chat.postEphemeral", "response_url"}
_VIEWS = {"views.open", "views.push", "views.update", "views.publish"}
_SURFACES = {
    "section": {"message", "modal", "home"},
    "actions": {"message", "modal", "home"},
    "context": {"message", "modal", "home"},
    "divider": {"message", "modal", "home"},
    "header": {"message", "modal", "home"},
    "image": {"message", "modal", "home"},
    "input": {"message", "modal", "home"},
}
_BLOCK_KEYS = {
    "section": {"type", "block_id", "text", "fields", "accessory", "expand"},
    "actions": {"type", "block_id", "elements"},
    "context": {"type", "block_id", "elements"},
    "divider": {"type", "block_id"},
    "header": {"type", "block_id", "text"},
    "image": {"type", "block_id", "image_url", "slack_file", "alt_text", "title"},
    "input": {
        "type", "block_id", "label", "element", "hint", "optional", "dispatch_action",
    },
}  # fmt: skip


def check(method: str, payload: Mapping[str, Any]) -> None:
    """Raise LimitBroken where the payload of a method breaks one of Slack's limits."""
    checker = _Checker(method)
    if method in _MESSAGES:
        checker.message(payload)
    elif method in _VIEWS:
        checker.views_call(payload)
    elif method == "files.completeUploadExternal":
        checker.need(bool(payload.get("files")), "files", "at least one file")


class _Checker(PartRules):
    """Walks one payload; every rule names the page it stands on."""

    def message(self, payload: Mapping[str, Any]) -> None:
        """chat.postMessage: `text` is the fallback of blocks, cut at 40,000; 50 blocks."""
        if self._method != "response_url":
            self.need(bool(payload.get("channel")), "channel", "is required")
        if self._method == "chat.update":
            self.need(bool(payload.get("ts")), "ts", "is required")
        if self._method == "chat.postEphemeral":
            self.need(bool(payload.get("user")), "user", "is required")
        if payload.get("delete_original"):
            return
        self.text(payload.get("text"), "text", 40_000)
        blocks = payload.get("blocks") or []
        self.need(isinstance(blocks, list), "blocks", "is a list, not JSON in a string")
        self.need(len(blocks) <= 50, "blocks", "50 at most")
        self.blocks(blocks, "message")
        letters = sum(_letters(block) for block in blocks)
        self.need(letters <= 13_000, "blocks", "msg_blocks_too_long")

    def views_call(self, payload: Mapping[str, Any]) -> None:
        """views.open and views.push need a trigger, views.publish a user; 250 kB a view."""
        if self._method in {"views.open", "views.push"}:
            trigger = payload.get("trigger_id") or payload.get("interactivity_pointer")
            self.need(bool(trigger), "trigger_id", "is required")
        if self._method == "views.publish":
            self.need(bool(payload.get("user_id")), "user_id", "is required")
        if self._method == "views.update":
            named = payload.get("view_id") or payload.get("external_id")
            self.need(bool(named), "view_id", "view_id or external_id is required")
        view = payload.get("view")
        self.need(isinstance(view, Mapping), "view", "is an object")
        self.view(view if isinstance(view, Mapping) else {})

    def view(self, view: Mapping[str, Any]) -> None:
        """ "Modal views", "Home tab views"."""
        kind = view.get("type")
        self.need(kind in {"modal", "home"}, "view.type", "is modal or home")
        published = self._method == "views.publish"
        self.need(published == (kind == "home"), "view.type", "home is for views.publish alone")
        written = len(json.dumps(view).encode())
        self.need(written <= 250_000, "view", "view_too_large: 250 kB")
        blocks = view.get("blocks")
        self.need(isinstance(blocks, list), "view.blocks", "is required")
        self.need(len(blocks or []) <= 100, "view.blocks", "100 at most")
        self.blocks(blocks or [], str(kind))
        self.short(view.get("private_metadata"), "view.private_metadata", 3000)
        self.short(view.get("callback_id"), "view.callback_id", 255)
        self.short(view.get("external_id"), "view.external_id", 255)
        if kind == "home":
            self.need("title" not in view, "view.title", "a Home tab has none")
            return
        self.plain(view.get("title"), "view.title", 24)
        for name in ("submit", "close"):
            if name in view:
                self.plain(view[name], f"view.{name}", 24)
        inputs = any(block.get("type") == "input" for block in blocks or [])
        self.need("submit" in view or not inputs, "view.submit", "required with an input")

    def blocks(self, blocks: Iterable[Mapping[str, Any]], surface: str) -> None:
        """ "Blocks": block ids are unique; each block keeps its own rules."""
        blocks = list(blocks)
        self.unique((block.get("block_id") for block in blocks), "blocks.block_id")
        for index, block in enumerate(blocks):
            where = f"blocks[{index}]"
            kind = block.get("type", "")
            self.need(kind in _BLOCK_KEYS, where, f"unknown block {kind}")
            self.need(surface in _SURFACES[kind], where, f"{kind} is not for a {surface}")
            unknown = set(block) - _BLOCK_KEYS[kind]
            self.need(not unknown, where, f"unknown fields {sorted(unknown)}")
            self.short(block.get("block_id"), f"{where}.block_id", 255)
            getattr(self, f"_{kind}")(block, where)

    def _section(self, block: Mapping[str, Any], where: str) -> None:
        fields = block.get("fields")
        self.need(bool(block.get("text") or fields), where, "text or fields")
        if "text" in block:
            self.text_object(block["text"], f"{where}.text", 3000)
        if fields is not None:
            self.need(1 <= len(fields) <= 10, f"{where}.fields", "1 to 10")
            for index, each in enumerate(fields):
                self.text_object(each, f"{where}.fields[{index}]", 2000)
        if accessory := block.get("accessory"):
            if accessory.get("type") == "image":
                self.picture(accessory, f"{where}.accessory")
            else:
                self.element(accessory, f"{where}.accessory", {"button", "static_select"})

    def _actions(self, block: Mapping[str, Any], where: str) -> None:
        elements = block.get("elements") or []
        self.need(1 <= len(elements) <= 25, f"{where}.elements", "1 to 25")
        self.unique((e.get("action_id") for e in elements), f"{where}.action_id")
        for index, element in enumerate(elements):
            self.element(element, f"{where}.elements[{index}]", {"button", "static_select"})

    def _context(self, block: Mapping[str, Any], where: str) -> None:
        elements = block.get("elements") or []
        self.need(1 <= len(elements) <= 10, f"{where}.elements", "1 to 10")
        for index, element in enumerate(elements):
            if element.get("type") == "image":
                self.picture(element, f"{where}.elements[{index}]")
            else:
                self.text_object(element, f"{where}.elements[{index}]", 3000)

    def _divider(self, block: Mapping[str, Any], where: str) -> None:
        """A divider has nothing that could be too long."""

    def _header(self, block: Mapping[str, Any], where: str) -> None:
        self.plain(block.get("text"), f"{where}.text", 150)

    def _image(self, block: Mapping[str, Any], where: str) -> None:
        self.picture(block, where)
        if "title" in block:
            self.plain(block["title"], f"{where}.title", 2000)

    def _input(self, block: Mapping[str, Any], where: str) -> None:
        self.plain(block.get("label"), f"{where}.label", 2000)
        if "hint" in block:
            self.plain(block["hint"], f"{where}.hint", 2000)
        kinds = {"static_select", "plain_text_input", "number_input"}
        self.element(block.get("element") or {}, f"{where}.element", kinds)


def _letters(part: Any) -> int:
    """All letters that a block shows or carries."""
    if isinstance(part, str):
        return size(part)
    inner = part.values() if isinstance(part, Mapping) else part if isinstance(part, list) else ()
    return sum(_letters(each) for each in inner)
