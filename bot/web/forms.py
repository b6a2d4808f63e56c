"""Forms of the pages for staff: a key bound to the session, a number under which each acts once."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import ClassVar

from fastapi import Request

from knowledge.errors import NotPermitted, QuadError

_FORM_ID = range(16, 65)  # lengths that a form's own number may have


@dataclass(eq=False)
class FormIncomplete(QuadError):
    """A form without one of its fields, or with one of another kind."""

    problem: ClassVar[str] = "form-incomplete"
    status: ClassVar[int] = 422
    field: str


@dataclass(frozen=True)
class Form:
    """A sent form whose key was right: its fields, and the number under which it acts once."""

    path: str
    form_id: str
    fields: dict[str, str]

    def text(self, name: str, default: str | None = None) -> str:
        """A field; raise FormIncomplete when it is not there and has no default."""
        found = self.fields.get(name, default)
        if found is None:
            raise FormIncomplete(name)
        return found

    def number(self, name: str) -> int:
        """A field that holds a whole number; raise FormIncomplete."""
        text = self.text(name).strip()
        if not text.isascii() or not text.isdigit() or len(text) > 9:
            raise FormIncomplete(name)
        return int(text)


def bound_key(secret: str, *parts: str) -> str:
    """What a form must carry: nobody without these parts, a session's token among them, can make
    it.
    """
    said = b"\0".join(part.encode("utf-8", "replace") for part in parts)
    return hmac.new(secret.encode(), said, hashlib.sha256).hexdigest()


async def checked(request: Request, form_key: str, most_fields: int) -> Form:
    """The form of this request; raise NotPermitted when its key is not this session's."""
    async with request.form(max_files=0, max_fields=most_fields) as sent:
        fields = {name: str(value).replace("\r\n", "\n") for name, value in sent.items()}
    check_key(fields.get("form_key", ""), form_key)
    form_id = fields.get("form_id", "")
    check_number(form_id)
    return Form(request.url.path, form_id, fields)


def check_number(form_id: str) -> None:
    """Raise FormIncomplete unless it can be a form's own number."""
    if len(form_id) not in _FORM_ID or not form_id.isascii() or not form_id.isalnum():
        raise FormIncomplete("form_id")


def check_key(shown: str, form_key: str) -> None:
    """Raise NotPermitted unless the key is this session's."""
    if not hmac.compare_digest(shown.encode("utf-8", "replace"), form_key.encode()):
        raise NotPermitted
