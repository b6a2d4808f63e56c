"""The rules that all parts of a payload for Slack share: texts, addresses, names, elements.

Pages of docs.slack.dev: "Block elements" and its page for each element, "Text object", "Option
object". See slack_limits.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_INTERACTIVE = {"button", "static_select", "plain_text_input", "number_input"}


@dataclass(eq=False)
class LimitBroken(AssertionError):
    """A payload that Slack would refuse; `where` is the path to the part that is at fault."""

    method: str
    where: str
    rule: str

    def __str__(self) -> str:
        return f"{self.method}: {self.where}: {self.rule}"


def size(text: str) -> int:
    """The length of a text in UTF-16 units, the strictest count of characters."""
    return len(text.encode("utf-16-le")) // 2


class PartRules:
    """Rules for the parts of blocks; every rule names the place that breaks it."""

    def __init__(self, method: str) -> None:
        self._method = method

    def need(self, holds: bool, where: str, rule: str) -> None:
        """Raise LimitBroken unless the rule holds."""
        if not holds:
            raise LimitBroken(self._method, where, rule)

    def picture(self, image: Mapping[str, Any], where: str) -> None:
        """ "Image block": a public address or a Slack file, and a description."""
        self.text(image.get("alt_text"), f"{where}.alt_text", 2000)
        address, stored = image.get("image_url"), image.get("slack_file")
        self.need((address is None) != (stored is None), where, "image_url or slack_file")
        if address is not None:
            self.address(address, f"{where}.image_url")

    def element(self, element: Mapping[str, Any], where: str, kinds: set[str]) -> None:
        """ "Block elements": an element of a kind that may stand here."""
        kind = element.get("type", "")
        self.need(kind in kinds & _INTERACTIVE, where, f"{kind!r} may not stand here")
        self.text(element.get("action_id"), f"{where}.action_id", 255)
        rules: dict[str, Callable[[Mapping[str, Any], str], None]] = {
            "button": self._button,
            "static_select": self._static_select,
            "plain_text_input": self._plain_text_input,
            "number_input": self._number_input,
        }
        rules[kind](element, where)

    def _button(self, element: Mapping[str, Any], where: str) -> None:
        self.plain(element.get("text"), f"{where}.text", 75)
        self.short(element.get("value"), f"{where}.value", 2000)
        if "url" in element:
            self.address(element["url"], f"{where}.url")
        styles = {None, "primary", "danger"}
        self.need(element.get("style") in styles, f"{where}.style", "primary or danger")

    def _static_select(self, element: Mapping[str, Any], where: str) -> None:
        if "placeholder" in element:
            self.plain(element["placeholder"], f"{where}.placeholder", 150)
        options = element.get("options") or []
        self.need(1 <= len(options) <= 100, f"{where}.options", "1 to 100")
        self.unique((o.get("value") for o in options), f"{where}.options.value")
        for index, option in enumerate(options):
            at = f"{where}.options[{index}]"
            self.plain(option.get("text"), f"{at}.text", 75)
            self.text(option.get("value"), f"{at}.value", 150)
            if "description" in option:
                self.plain(option["description"], f"{at}.description", 75)
            self.need("url" not in option, f"{at}.url", "for overflow menus alone")
        initial = element.get("initial_option")
        self.need(initial is None or initial in options, f"{where}.initial_option", "is an option")

    def _plain_text_input(self, element: Mapping[str, Any], where: str) -> None:
        if "placeholder" in element:
            self.plain(element["placeholder"], f"{where}.placeholder", 150)
        most = element.get("max_length", 3000)
        self.need(1 <= most <= 3000, f"{where}.max_length", "1 to 3000")
        self.short(element.get("initial_value"), f"{where}.initial_value", most)

    def _number_input(self, element: Mapping[str, Any], where: str) -> None:
        decimals = element.get("is_decimal_allowed")
        self.need(isinstance(decimals, bool), f"{where}.is_decimal_allowed", "is required")
        numbers = {name: element.get(name) for name in ("min_value", "initial_value", "max_value")}
        for name, value in numbers.items():
            self.need(value is None or isinstance(value, str), f"{where}.{name}", "is a string")
        known = [float(value) for value in numbers.values() if value is not None]
        self.need(known == sorted(known), where, "min_value ≤ initial_value ≤ max_value")

    def text_object(self, text: Any, where: str, most: int) -> None:
        """ "Text object": 1 to `most` letters of plain_text or mrkdwn."""
        self.need(isinstance(text, Mapping), where, "is a text object")
        kind = text.get("type")
        self.need(kind in {"plain_text", "mrkdwn"}, f"{where}.type", "plain_text or mrkdwn")
        self.need("emoji" not in text or kind == "plain_text", where, "emoji is for plain_text")
        self.need("verbatim" not in text or kind == "mrkdwn", where, "verbatim is for mrkdwn")
        self.text(text.get("text"), where, most)

    def plain(self, text: Any, where: str, most: int) -> None:
        """A text object that must be plain_text."""
        self.text_object(text, where, most)
        self.need(text.get("type") == "plain_text", where, "is plain_text")

    def text(self, text: Any, where: str, most: int) -> None:
        """A string that is there and not too long, and that UTF-8 can carry."""
        self.need(isinstance(text, str), where, "is a string")
        self.need(bool(text.strip()), where, "is not empty")
        self.short(text, where, most)

    def short(self, text: str | None, where: str, most: int) -> None:
        """A string that may lack, but not be too long."""
        if text is None:
            return
        try:
            letters = size(text)
        except UnicodeEncodeError as error:
            raise LimitBroken(self._method, where, "is no valid Unicode") from error
        self.need(letters <= most, where, f"{most} letters at most, not {letters}")

    def address(self, address: Any, where: str) -> None:
        """An address that Slack can open: 3,000 letters, http or https."""
        self.text(address, where, 3000)
        known = address.startswith(("https://", "http://"))
        self.need(known and not any(c.isspace() for c in address), where, "is no address")

    def unique(self, names: Iterable[str | None], where: str) -> None:
        """Names that are there are there once."""
        counted = Counter(name for name in names if name is not None)
        twice = [name for name, count in counted.items() if count > 1]
        self.need(not twice, where, f"not unique: {twice[:3]}")
