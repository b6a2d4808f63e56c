"""A form acts once: a second click, or a reload, gets the first one's answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable

from fastapi.responses import RedirectResponse

from bot.web.admin.desk import Visitor
from bot.web.forms import Form
from knowledge.storage.idempotency import StoredAnswer
from knowledge.storage.unit_of_work import UnitOfWork, Work


def once(admin: Visitor, form: Form, act: Callable[[Work], str]) -> RedirectResponse:
    """`acted_once` for an admin's form."""
    return acted_once(admin.units, admin.name, form, act)


def acted_once(
    units: UnitOfWork, name: str, form: Form, act: Callable[[Work], str]
) -> RedirectResponse:
    """Act in a writing transaction and go to the page that `act` names; act once a form.

    The answer is kept in the same transaction as its effect. Raises KeyReused when the form comes
    again with other contents, and whatever `act` raises, nothing being written then.
    """
    asked = json.dumps([form.path, sorted(form.fields.items())])
    request_hash = hashlib.sha256(asked.encode()).hexdigest()
    subject = f"form:{name}"[:80]
    with units.write() as work:
        kept = work.answers.claim(subject, form.form_id, request_hash)
        if kept is None:
            kept = StoredAnswer(303, {"location": act(work)})
            work.answers.keep(subject, form.form_id, kept)
    return RedirectResponse(kept.body["location"], 303)
