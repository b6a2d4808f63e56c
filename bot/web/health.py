"""`GET /health`: 200 once every process is ready, 503 before, naming each."""

from __future__ import annotations

import asyncio

import httpx
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from knowledge.settings import Settings


def router(settings: Settings) -> APIRouter:
    """The health route."""
    routes = APIRouter()
    others = {
        "bot": settings.bot_port,
        "actions": settings.actions_port,
        "skills": settings.skills_port,
    }

    @routes.get("/health")
    async def health(request: Request) -> JSONResponse:
        http: httpx.AsyncClient = request.app.state.http
        states = await asyncio.gather(*(_state(http, port) for port in others.values()))
        processes = {"site": "ok", **dict(zip(others, states, strict=True))}
        ready = all(state == "ok" for state in processes.values())
        body = {"status": "ok" if ready else "starting", "processes": processes}
        return JSONResponse(body, status_code=200 if ready else 503)

    return routes


async def _state(http: httpx.AsyncClient, port: int) -> str:
    try:
        response = await http.get(f"http://127.0.0.1:{port}/health")
    except httpx.TransportError:
        return "unreachable"
    return "ok" if response.status_code == 200 else "starting"
