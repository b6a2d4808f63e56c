"""Small pieces of XML that courses and sections share: fields, lists, flags, legal text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree as ET

from knowledge.formats.records import Attribute

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """The text without the characters that no XML document may hold."""
    return _ILLEGAL.sub("", text)


def add_fields(parent: ET.Element, **values: object) -> None:
    """One element for each value, in this order."""
    for name, value in values.items():
        ET.SubElement(parent, name).text = legal(str(value))


def add_list(parent: ET.Element, name: str, entry: str, rows: Iterable[dict[str, object]]) -> None:
    """An element `name` of `entry` elements, one a row."""
    whole = ET.SubElement(parent, name)
    for row in rows:
        add_fields(ET.SubElement(whole, entry), **row)


def add_attributes(parent: ET.Element, attributes: tuple[Attribute, ...]) -> None:
    """The `attributes` of a course or section."""
    rows: Iterable[dict[str, object]] = (
        {
            "name": attribute.name,
            "value": attribute.value,
            "description": attribute.description,
            "catalogPrint": flag(attribute.catalog_print),
            "schedulePrint": flag(attribute.schedule_print),
        }
        for attribute in attributes
    )
    add_list(parent, "attributes", "attribute", rows)


def flag(value: bool) -> str:
    """The original's true or false."""
    return "true" if value else "false"


def letter(value: bool) -> str:
    """The original's Y or N, in `administrativeInformation`."""
    return "Y" if value else "N"
