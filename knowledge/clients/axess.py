"""The client of Axess."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from knowledge.clients import values
from knowledge.clients.http import Service, revive
from knowledge.clients.values import ActView, EnrollmentView
from knowledge.errors import QuadError, ServiceMisbehaved, by_problem


@dataclass(frozen=True)
class AxessClient:
    """Enrollment calls on behalf of one student at a time; `token` is the caller's own."""

    service: Service
    token: Callable[[], str]

    async def enrollments(self, suid: str) -> list[EnrollmentView]:
        """Everything the student is in or waits for."""
        path = f"/students/{suid}/enrollments"
        enrollments: list[EnrollmentView] = await self._call("GET", path, read=values.enrollments)
        return enrollments

    async def done_under(self, suid: str, key: str) -> list[ActView]:
        """What was done under keys that begin like this, the latest first."""
        acts: list[ActView] = await self._call(
            "GET", f"/students/{suid}/acts", params=[("under", key)], read=values.acts
        )
        return acts

    async def student(self, suid: str) -> dict[str, Any]:
        """Window, holds, unit cap and completed courses."""
        answer: dict[str, Any] = await self._call("GET", f"/students/{suid}")
        return answer

    async def eligibility(self, suid: str, class_id: int) -> list[QuadError]:
        """Every reason against enrolling; empty when the student is eligible."""
        params = [("class_id", str(class_id))]
        reasons: list[QuadError] = await self._call(
            "GET", f"/students/{suid}/eligibility", params=params, read=self._reasons
        )
        return reasons

    async def enroll(
        self,
        suid: str,
        class_id: int,
        key: str,
        units: int | None = None,
        grading: str | None = None,
        accept_waitlist: bool = False,
        **more: Any,
    ) -> EnrollmentView:
        """Enroll or wait; raise the fact against it.

        `more`: linked_class_id, permission_number, petition. A filed petition is PetitionPending.
        """
        body = {"class_id": class_id, "accept_waitlist": accept_waitlist}
        wish = {**body, "units": units, "grading": grading, **more}
        path = f"/students/{suid}/enrollments"
        view: EnrollmentView = await self._call(
            "POST", path, json=wish, key=key, read=values.enrolled_or_petition
        )
        return view

    async def drop(
        self, suid: str, class_id: int, key: str, withdraw: bool = False
    ) -> EnrollmentView:
        """Give up a seat or a waitlist place (with a W if need be); what was given up."""
        path = f"/students/{suid}/enrollments/{class_id}"
        params = [("withdraw", "true")] if withdraw else None
        view: EnrollmentView = await self._call(
            "DELETE", path, key=key, params=params, read=values.dropped
        )
        return view

    async def swap(
        self,
        suid: str,
        drop_class_id: int,
        add_class_id: int,
        key: str,
        units: int | None = None,
        grading: str | None = None,
        accept_waitlist: bool = False,
        **more: Any,
    ) -> EnrollmentView:
        """One section for another as one act; raise and leave both as they are."""
        body = {
            "drop_class_id": drop_class_id,
            "add_class_id": add_class_id,
            "units": units,
            "grading": grading,
            "accept_waitlist": accept_waitlist,
            **more,
        }
        path = f"/students/{suid}/swaps"
        view: EnrollmentView = await self._call(
            "POST", path, json=body, key=key, read=values.enrollment
        )
        return view

    def _reasons(self, answer: dict[str, Any]) -> list[QuadError]:
        return [self._reason(problem) for problem in answer["problems"]]

    def _reason(self, problem: dict[str, Any]) -> QuadError:
        kind = by_problem(problem["type"].rpartition("/")[2])
        reason = revive(kind, problem) if kind else None
        return reason or ServiceMisbehaved(self.service.name, problem["type"])

    async def _call(self, method: str, path: str, key: str | None = None, **more: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.token()}"}
        if key is not None:
            headers["Idempotency-Key"] = key
        return await self.service.call(method, path, headers=headers, **more)
