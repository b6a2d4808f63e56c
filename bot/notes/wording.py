"""The message of a note: its text with a next step, and buttons that say what one would type."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from actions.local_times import beside
from actions.texts import Texts
from bot.dialogue.zones import known_zone
from bot.notes.queue import Note

_STOP = "note_part_stop"


def message(texts: Texts, note: Note, time_zone: str | None = None) -> dict[str, Any]:
    """What a door shows: `{"text", "buttons", "id"}`; times also on the reader's own clock."""
    kind = str(note.facts["kind"])
    facts = {**note.facts, "what": _what(texts, note.facts), **_times(texts, note, time_zone)}
    parts = [texts.render(f"note_{kind}", note.audit_id, **facts)]
    if (left := note.facts.get("left")) and texts.has(f"note_{kind}_left"):
        parts.append(texts.render(f"note_{kind}_left", 0, left=left))
    else:
        parts.append(texts.render(f"note_{kind}_next", 0, **facts))
    parts.append(texts.render(_STOP, 0))
    said = texts.buttons(f"note_{kind}_next", **facts)
    buttons = [{"title": each, "payload": each} for each in said]
    return {"text": " ".join(parts), "buttons": buttons, "id": note.message_id}


def _times(texts: Texts, note: Note, time_zone: str | None) -> dict[str, str]:
    if "times" not in note.facts:
        return {}
    first, last = (date.fromisoformat(note.facts[end]) for end in ("starts", "ends"))
    zone = known_zone(time_zone or "")
    return {"times": beside(texts, note.facts["times"], zone, first, last)}


def _what(texts: Texts, facts: Mapping[str, Any]) -> str:
    """ "CS229 Machine Learning", or "the LAB 02 of it"."""
    if "code" not in facts:
        return ""
    name = f"{facts['code']} {facts['title']}"
    lab = facts.get("lab")
    return texts.render("note_part_lab", 0, lab=lab, course=name) if lab else name
