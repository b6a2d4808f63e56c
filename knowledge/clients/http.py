"""One way to call a service: bounded retries with full jitter, and problems as typed errors."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, TypeVar

import httpx

from knowledge.errors import QuadError, ServiceMisbehaved, ServiceUnavailable, by_problem

TIMEOUT = httpx.Timeout(connect=0.5, read=3.0, write=2.0, pool=1.0)
_PASSING = frozenset({502, 503, 504})
T = TypeVar("T")


def _as_it_is(answer: Any) -> Any:
    return answer


@dataclass(frozen=True)
class Retries:
    """How often and how patiently: waits are uniform in [0, base · 2^try] (full jitter).

    After `budget_seconds` no further try begins: a service that hangs costs one timeout, not three.
    """

    attempts: int = 3
    base_seconds: float = 0.1
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    budget_seconds: float = 2.5


@dataclass(frozen=True)
class Service:
    """A service at a base URL, over a shared connection pool."""

    name: str
    base_url: str
    http: httpx.AsyncClient
    retries: Retries = Retries()

    async def call(
        self,
        method: str,
        path: str,
        *,
        repeatable: bool = True,
        params: list[tuple[str, str]] | None = None,
        json: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        read: Callable[[Any], T] = _as_it_is,
    ) -> T:
        """What `read` makes of the JSON answer; raise the refusal's typed error, or a service's.

        Only `repeatable` calls are tried again: reads, and writes under an Idempotency-Key.
        """
        attempts = self.retries.attempts if repeatable else 1
        last_start = time.monotonic() + self.retries.budget_seconds
        for attempt in range(attempts):
            if attempt and time.monotonic() > last_start:
                break
            if attempt:
                await self.retries.sleep(random.uniform(0, self.retries.base_seconds * 2**attempt))
            try:
                response = await self.http.request(
                    method,
                    self.base_url + path,
                    params=httpx.QueryParams([*(params or ())]),
                    json=json,
                    headers=headers,
                    timeout=TIMEOUT,
                )
            except httpx.TransportError:
                continue
            except httpx.DecodingError as error:
                raise ServiceMisbehaved(self.name, "undecodable body") from error
            if response.status_code not in _PASSING:
                return self._shaped(self._read(response), read)
        raise ServiceUnavailable(self.name)

    async def send(self, path: str, json: dict[str, Any], headers: dict[str, str]) -> None:
        """Post once without looking at the answer's body; raise ServiceUnavailable on failure."""
        try:
            await self.http.post(self.base_url + path, json=json, headers=headers, timeout=TIMEOUT)
        except httpx.HTTPError as error:
            raise ServiceUnavailable(self.name) from error

    def _shaped(self, body: Any, read: Callable[[Any], T]) -> T:
        try:
            return read(body)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ServiceMisbehaved(self.name, f"an answer of another form: {error!r}") from error

    def _read(self, response: httpx.Response) -> Any:
        try:
            body = response.json()
        except ValueError as error:
            raise ServiceMisbehaved(self.name, f"status {response.status_code}, no JSON") from error
        if response.is_success:
            return body
        raise self._refusal(response.status_code, body)

    def _refusal(self, status: int, body: Any) -> QuadError:
        slug = str(body.get("type", "")).rpartition("/")[2] if isinstance(body, dict) else ""
        kind = by_problem(slug)
        if kind is None:
            return ServiceMisbehaved(self.name, f"status {status}, problem {slug!r}")
        return revive(kind, body) or ServiceMisbehaved(self.name, f"problem {slug!r} lacks data")


def revive(kind: type[QuadError], body: dict[str, Any]) -> QuadError | None:
    """The typed error of a problem document; None when the document lacks its facts."""
    names: list[str] = [field.name for field in fields(kind)] if is_dataclass(kind) else []
    try:
        return kind(**{name: body[name] for name in names if name in body})
    except TypeError:
        return None
