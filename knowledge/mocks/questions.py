"""`POST /questions`: the action server tells what had no answer; open to service tokens alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import FastAPI, Header
from fastapi.responses import Response
from pydantic import BaseModel, Field

from knowledge.errors import NotPermitted, NotSignedIn
from knowledge.insights.questions import Asked, Question, QuestionRecorder
from knowledge.model.students import Principal, Role

Verify = Callable[[str], Principal]


class AskedBody(BaseModel):
    """A question as it was asked; it is masked before it is stored."""

    kind: Asked
    text: str = Field(max_length=2000)
    answered: bool = False


def add_questions(app: FastAPI, recorder: QuestionRecorder, verify: Verify) -> None:
    """Give an app the route."""

    @app.post("/questions", status_code=202, response_class=Response)
    def asked(body: AskedBody, authorization: Annotated[str | None, Header()] = None) -> Response:
        """Keep a question without its asker."""
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise NotSignedIn("missing")
        if verify(token.strip()).role is not Role.SERVICE:
            raise NotPermitted
        recorder.note(Question(body.kind, body.text, body.answered))
        return Response(status_code=202)
