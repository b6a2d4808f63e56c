"""Axess's acts on a record: enroll, drop, swap; each is acted on once under its key."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Header, Query, Request
from fastapi.responses import JSONResponse

from knowledge.errors import KeyMissing
from knowledge.mocks import problems
from knowledge.mocks.axess_schema import (
    ClassId,
    DroppedBody,
    EnrollmentBody,
    EnrollmentRequest,
    PetitionBody,
    SwappedBody,
    SwapRequest,
)
from knowledge.mocks.idempotency import KeyedRequest, answer_once
from knowledge.model.students import Enrollment, Petition, Principal
from knowledge.registrar.enrollment import Registrar
from knowledge.storage.idempotency import StoredAnswer
from knowledge.storage.unit_of_work import UnitOfWork, Work

KEY_LENGTH = {"minLength": 1, "maxLength": 200}
Key = Annotated[str | None, Header(alias="Idempotency-Key", min_length=1, max_length=200)]
Permit = Callable[..., tuple[str, Principal]]


def add_acts(app: FastAPI, units: UnitOfWork, permit: Permit, clock: Callable[[], date]) -> None:
    """Add the three routes."""
    Who = Annotated[tuple[str, Principal], Depends(permit)]  # noqa: N806 - a type
    _add_enrolling(app, units, Who, clock)
    _add_leaving(app, units, Who, clock)


def _add_enrolling(app: FastAPI, units: UnitOfWork, Who: Any, clock: Callable[[], date]) -> None:  # noqa: N803 - a type
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
            done = registrar_of(work, who, clock()).enroll(who[0], wish.class_id, wish.wish)
            if isinstance(done, Petition):
                return StoredAnswer(202, PetitionBody.of(done).model_dump(mode="json"))
            return StoredAnswer(201, enrollment_body(work, done).model_dump(mode="json"))

        return _respond(answer_once(units, _keyed(who, key, request, wish), act))


def _add_leaving(app: FastAPI, units: UnitOfWork, Who: Any, clock: Callable[[], date]) -> None:  # noqa: N803 - a type
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
            done = registrar_of(work, who, clock()).drop(who[0], class_id, withdraw)
            body = DroppedBody(
                dropped=enrollment_body(work, done.enrollment), withdrawn=done.withdrawn
            )
            return StoredAnswer(200, body.model_dump(mode="json"))

        asked = {"withdraw": True} if withdraw else {}
        keyed = KeyedRequest(who[0], key, f"DELETE {request.url.path}", asked)
        return _respond(answer_once(units, keyed, act))

    @app.post("/students/{suid}/swaps", status_code=201, response_model=SwappedBody)
    def swap(who: Who, wish: SwapRequest, request: Request, key: Key = None) -> JSONResponse:
        """One section for another as one act: the old seat is never lost."""

        def act(work: Work) -> StoredAnswer:
            ids = (wish.drop_class_id, wish.add_class_id)
            held = work.students.enrollments(who[0])
            gone = [enrollment_body(work, each) for each in held if each.class_id == ids[0]]
            done = registrar_of(work, who, clock()).swap(who[0], *ids, wish.wish)
            taken = enrollment_body(work, done).model_dump()
            body = SwappedBody(**taken, dropped=gone[0] if gone else None)
            return StoredAnswer(201, body.model_dump(mode="json"))

        return _respond(answer_once(units, _keyed(who, key, request, wish), act))


def registrar_of(work: Work, who: tuple[str, Principal], today: date) -> Registrar:
    """The registrar as it acts for that principal, who stands in the audit log."""
    return Registrar(work, today, f"{who[1].role.value}:{who[1].subject}")


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


def enrollment_body(work: Work, enrollment: Enrollment) -> EnrollmentBody:
    """An enrollment as Axess tells it, with its hours, those of a lab included."""
    section = work.catalogue.listed(enrollment.class_id)
    linked = enrollment.linked_class_id
    hours = section.meetings + (work.catalogue.listed(linked).meetings if linked else ())
    return EnrollmentBody.of(enrollment, section.number, hours)


def _respond(answer: StoredAnswer) -> JSONResponse:
    refused = answer.status >= 400
    media_type = problems.MEDIA_TYPE if refused else "application/json"
    return JSONResponse(answer.body, status_code=answer.status, media_type=media_type)
