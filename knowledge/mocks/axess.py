"""Axess: students' records and enrollment over REST, mounted by the site at `/axess`."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Header, Path, Query, Request
from fastapi.responses import JSONResponse

from knowledge.errors import InvalidSuid, KeyMissing, NotPermitted, NotSignedIn
from knowledge.mocks import problems
from knowledge.mocks.axess_schema import (
    ClassId,
    DroppedBody,
    EligibilityBody,
    EnrollmentBody,
    EnrollmentRequest,
    PetitionBody,
    StudentBody,
    SwapRequest,
)
from knowledge.mocks.idempotency import KeyedRequest, answer_once
from knowledge.model.students import Enrollment, Petition, Principal, normalise_suid
from knowledge.registrar.enrollment import Registrar
from knowledge.storage.idempotency import StoredAnswer
from knowledge.storage.unit_of_work import UnitOfWork, Work

Verify = Callable[[str], Principal]
_REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": problems.Problem, "content": {problems.MEDIA_TYPE: {}}}
    for status in (400, 401, 403, 404, 409, 422)
}
Key = Annotated[str | None, Header(alias="Idempotency-Key", min_length=1, max_length=200)]


def create_axess(units: UnitOfWork, verify: Verify, clock: Callable[[], date]) -> FastAPI:
    """The Axess app on one database; `verify` turns a bearer token into its principal."""
    app = FastAPI(
        title="Axess (mock)",
        version="1.0.0",
        description="Enrollment of synthetic students; no real person or record is in here.",
        responses=_REFUSALS,
    )
    problems.install(app)
    _add_routes(app, units, permission(verify), clock)
    return app


def permission(verify: Verify) -> Callable[..., tuple[str, Principal]]:
    """A dependency that lets a student's own token, a service's or an admin's through."""

    def permit(
        suid: Annotated[str, Path(description="Seven or eight digits.")],
        authorization: Annotated[str | None, Header()] = None,
    ) -> tuple[str, Principal]:
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise NotSignedIn("missing")
        principal = verify(token.strip())
        try:
            number = normalise_suid(suid)
        except InvalidSuid as error:
            raise NotPermitted from error
        # The same answer whether or not the other student exists.
        if not principal.may_act_for(number):
            raise NotPermitted
        return number, principal

    return permit


def _add_routes(
    app: FastAPI,
    units: UnitOfWork,
    permit: Callable[..., tuple[str, Principal]],
    clock: Callable[[], date],
) -> None:
    Who = Annotated[tuple[str, Principal], Depends(permit)]  # noqa: N806 - a type

    def registrar(work: Work, who: tuple[str, Principal]) -> Registrar:
        return Registrar(work, clock(), f"{who[1].role.value}:{who[1].subject}")

    @app.get("/students/{suid}", response_model=StudentBody)
    def student(who: Who) -> StudentBody:
        """Window, holds, unit cap and completed courses."""
        with units.read() as work:
            record, left = work.students.get(who[0]), work.students.withdrawals(who[0])
            return StudentBody.of(record, left, work.exceptions.of_student(who[0]))

    @app.get("/students/{suid}/enrollments", response_model=list[EnrollmentBody])
    def enrollments(who: Who) -> list[EnrollmentBody]:
        """Everything the student is enrolled in or waits for."""
        with units.read() as work:
            work.students.get(who[0])
            return [_body(work, item) for item in work.students.enrollments(who[0])]

    @app.get("/students/{suid}/eligibility", response_model=EligibilityBody)
    def eligibility(who: Who, class_id: Annotated[ClassId, Query()]) -> EligibilityBody:
        """Whether the student could enroll in a section now, with every reason against it."""
        with units.read() as work:
            reasons = registrar(work, who).reasons_against(who[0], class_id)
        found = [problems.Problem(**problems.document(reason)) for reason in reasons]
        return EligibilityBody(eligible=not found, problems=found)

    @app.post(
        "/students/{suid}/enrollments",
        status_code=201,
        response_model=EnrollmentBody,
        responses={202: {"model": PetitionBody}},
    )
    def enroll(
        who: Who, wish: EnrollmentRequest, request: Request, key: Key = None
    ) -> JSONResponse:
        """Enroll, or wait if accepted; the same key gets the same answer and acts once."""

        def act(work: Work) -> StoredAnswer:
            done = registrar(work, who).enroll(who[0], wish.class_id, wish.wish)
            if isinstance(done, Petition):
                return StoredAnswer(202, PetitionBody.of(done).model_dump(mode="json"))
            return StoredAnswer(201, _body(work, done).model_dump(mode="json"))

        return _respond(answer_once(units, _keyed(who, key, request, wish), act))

    @app.delete("/students/{suid}/enrollments/{class_id}", response_model=DroppedBody)
    def drop(
        who: Who,
        class_id: ClassId,
        request: Request,
        withdraw: Annotated[bool, Query(description="Accept a W.")] = False,
        key: Key = None,
    ) -> JSONResponse:
        """Give up a seat or a waitlist place; the key is optional here."""

        def act(work: Work) -> StoredAnswer:
            done = registrar(work, who).drop(who[0], class_id, withdraw)
            body = DroppedBody(dropped=_body(work, done.enrollment), withdrawn=done.withdrawn)
            return StoredAnswer(200, body.model_dump(mode="json"))

        asked = {"withdraw": True} if withdraw else {}
        keyed = KeyedRequest(who[0], key, f"DELETE {request.url.path}", asked)
        return _respond(answer_once(units, keyed, act))

    @app.post("/students/{suid}/swaps", status_code=201, response_model=EnrollmentBody)
    def swap(who: Who, wish: SwapRequest, request: Request, key: Key = None) -> JSONResponse:
        """One section for another as one act: the old seat is never lost."""

        def act(work: Work) -> StoredAnswer:
            ids = (wish.drop_class_id, wish.add_class_id)
            done = registrar(work, who).swap(who[0], *ids, wish.wish)
            return StoredAnswer(201, _body(work, done).model_dump(mode="json"))

        return _respond(answer_once(units, _keyed(who, key, request, wish), act))


def _keyed(
    who: tuple[str, Principal],
    key: str | None,
    request: Request,
    wish: EnrollmentRequest | SwapRequest,
) -> KeyedRequest:
    if key is None:
        raise KeyMissing
    path = f"POST {request.url.path.replace(request.path_params['suid'], who[0])}"
    return KeyedRequest(who[0], key, path, wish.model_dump(mode="json"))


def _body(work: Work, enrollment: Enrollment) -> EnrollmentBody:
    section = work.catalogue.listed(enrollment.class_id)
    linked = enrollment.linked_class_id
    hours = section.meetings + (work.catalogue.listed(linked).meetings if linked else ())
    return EnrollmentBody.of(enrollment, section.number, hours)


def _respond(answer: StoredAnswer) -> JSONResponse:
    refused = answer.status >= 400
    media_type = problems.MEDIA_TYPE if refused else "application/json"
    return JSONResponse(answer.body, status_code=answer.status, media_type=media_type)
