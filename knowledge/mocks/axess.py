"""Axess: students' records and enrollment over REST, mounted by the site at `/axess`."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Path, Query
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from knowledge.errors import InvalidSuid, NotPermitted, NotSignedIn
from knowledge.mocks import problems
from knowledge.mocks.axess_acts import KEY_LENGTH, add_acts, enrollment_body, registrar_of
from knowledge.mocks.axess_done import add_done
from knowledge.mocks.axess_schema import (
    ClassId,
    EligibilityBody,
    EnrollmentBody,
    StudentBody,
)
from knowledge.model.students import Principal, normalise_suid
from knowledge.storage.unit_of_work import UnitOfWork

Verify = Callable[[str], Principal]
_REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": problems.Problem, "content": {problems.MEDIA_TYPE: {}}}
    for status in (400, 401, 403, 404, 409, 422)
}
# Told, not checked: of a number that cannot be one nobody learns more than of a stranger's.
_SUID = Path(description="Seven or eight digits.", json_schema_extra={"pattern": "^[0-9]{7,8}$"})
_BEARER = HTTPBearer(auto_error=False, description="The student's, a service's, an admin's.")


def create_axess(units: UnitOfWork, verify: Verify, clock: Callable[[], date]) -> FastAPI:
    """The Axess app on one database; `verify` turns a bearer token into its principal."""
    app = FastAPI(
        title="Axess (mock)",
        version="1.0.0",
        docs_url=None,  # the interactive pages load scripts from elsewhere
        redoc_url=None,
        description="Enrollment of synthetic students; no real person or record is in here.",
        responses=_REFUSALS,
    )
    problems.install(app)
    permit = permission(verify)
    _add_reading(app, units, permit, clock)
    add_acts(app, units, permit, clock)
    add_done(app, units, permit)
    app.openapi = partial(_documented, app.openapi)  # type: ignore[method-assign]
    return app


def _documented(openapi: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """A POST needs its key; the service says so itself when there is none, with a problem."""
    described = openapi()
    posts = [path["post"] for path in described["paths"].values() if "post" in path]
    for parameter in (p for post in posts for p in post["parameters"]):
        if parameter["name"] == "Idempotency-Key":
            parameter |= {"required": True, "schema": {"type": "string", **KEY_LENGTH}}
    return described


def permission(verify: Verify) -> Callable[..., tuple[str, Principal]]:
    """A dependency that lets a student's own token, a service's or an admin's through."""

    def permit(
        suid: Annotated[str, _SUID],
        signed: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)],
    ) -> tuple[str, Principal]:
        if signed is None or not signed.credentials.strip():
            raise NotSignedIn("missing")
        principal = verify(signed.credentials.strip())
        try:
            number = normalise_suid(suid)
        except InvalidSuid as error:
            raise NotPermitted from error
        # The same answer whether or not the other student exists.
        if not principal.may_act_for(number):
            raise NotPermitted
        return number, principal

    return permit


def _add_reading(
    app: FastAPI,
    units: UnitOfWork,
    permit: Callable[..., tuple[str, Principal]],
    clock: Callable[[], date],
) -> None:
    Who = Annotated[tuple[str, Principal], Depends(permit)]  # noqa: N806 - a type

    @app.get("/students/{suid}", response_model=StudentBody)
    def student(who: Who) -> StudentBody:
        """Window, holds, unit cap and completed courses."""
        with units.read() as work:
            record, left = work.students.get(who[0]), work.students.withdrawals(who[0])
            return StudentBody.of(record, left, work.exceptions.petitions(who[0]))

    @app.get("/students/{suid}/enrollments", response_model=list[EnrollmentBody])
    def enrollments(who: Who) -> list[EnrollmentBody]:
        """Everything the student is enrolled in or waits for."""
        with units.read() as work:
            work.students.get(who[0])
            return [enrollment_body(work, item) for item in work.students.enrollments(who[0])]

    @app.get("/students/{suid}/eligibility", response_model=EligibilityBody)
    def eligibility(who: Who, class_id: Annotated[ClassId, Query()]) -> EligibilityBody:
        """Whether the student could enroll in a section now, with every reason against it."""
        with units.read() as work:
            reasons = registrar_of(work, who, clock()).reasons_against(who[0], class_id)
        found = [problems.Problem(**problems.document(reason)) for reason in reasons]
        return EligibilityBody(eligible=not found, problems=found)
