"""What was done under an Idempotency-Key: for a client that has lost the answer, or crashed."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Query

from knowledge.mocks.axess_schema import ActBody, EnrollmentBody
from knowledge.model.students import Principal
from knowledge.storage.unit_of_work import UnitOfWork

Permit = Callable[..., tuple[str, Principal]]
Prefix = Annotated[
    str, Query(min_length=8, max_length=200, description="How the keys begin, not a guess.")
]


def add_done(app: FastAPI, units: UnitOfWork, permit: Permit) -> None:
    """Add the route."""
    Who = Annotated[tuple[str, Principal], Depends(permit)]  # noqa: N806 - a type

    @app.get("/students/{suid}/acts")
    def acts(who: Who, under: Prefix) -> list[ActBody]:
        """The student's acts whose keys begin like this, the latest first; refusals are none."""
        with units.read() as work:
            found = work.answers.under(who[0], under)
        return [_act(key, body) for key, body in found]


def _act(key: str, body: dict[str, Any]) -> ActBody:
    taken = {name: body[name] for name in EnrollmentBody.model_fields if name in body}
    added = taken if "class_id" in body else None
    return ActBody.model_validate({"key": key, "added": added, "dropped": body.get("dropped")})
