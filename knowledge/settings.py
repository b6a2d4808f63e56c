"""Configuration by environment, read in this one place by each process's composition root."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.errors import InvalidSetting


@dataclass(frozen=True)
class Settings:
    """Everything a process needs to know about where it runs."""

    var: Path
    database_url: str
    redis_url: str | None
    today: date | None
    secret: str
    site_port: int
    bot_port: int
    actions_port: int
    skills_port: int
    axess_url: str
    explorecourses_url: str
    eval_data: Path | None

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read QUAD_* variables; raise InvalidSetting naming the key and the value."""
        env = dict(os.environ if environ is None else environ)
        var = Path(env.get("QUAD_VAR", "var")).resolve()
        site = _port(env, "QUAD_SITE_PORT", 8000)
        return cls(
            var=var,
            database_url=env.get("QUAD_DATABASE_URL") or f"sqlite:///{var / 'quad.db'}",
            redis_url=env.get("QUAD_REDIS_URL") or None,
            today=_date(env, "QUAD_TODAY"),
            secret=env.get("QUAD_SECRET") or _kept_secret(var),
            site_port=site,
            bot_port=_port(env, "QUAD_BOT_PORT", 5005),
            actions_port=_port(env, "QUAD_ACTIONS_PORT", 5055),
            skills_port=_port(env, "QUAD_SKILLS_PORT", 8100),
            axess_url=env.get("QUAD_AXESS_URL") or f"http://127.0.0.1:{site}/axess",
            explorecourses_url=env.get("QUAD_EXPLORECOURSES_URL")
            or f"http://127.0.0.1:{site}/explorecourses",
            eval_data=Path(env["QUAD_EVAL_DATA"]) if env.get("QUAD_EVAL_DATA") else None,
        )

    @property
    def tracker_url(self) -> str:
        """Where the bot process keeps conversations."""
        return f"sqlite:///{self.var / 'conversations.db'}"

    def clock(self) -> date:
        """The academic clock: QUAD_TODAY when set, else the real day. Never for token expiry."""
        return self.today or date.today()


def _port(env: Mapping[str, str], key: str, default: int) -> int:
    value = env.get(key) or str(default)
    if not value.isdigit() or not 0 < int(value) < 65536:
        raise InvalidSetting(key, value)
    return int(value)


def _date(env: Mapping[str, str], key: str) -> date | None:
    value = env.get(key)
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise InvalidSetting(key, value or "") from error


def _kept_secret(var: Path) -> str:
    """The secret under var/, made at the first start; racing processes agree on one."""
    path = var / "secret"
    var.mkdir(parents=True, exist_ok=True)
    candidate = var / f".secret-{os.getpid()}"
    if not path.exists():
        candidate.touch(mode=0o600)
        candidate.write_text(secrets.token_urlsafe(48))
        try:
            # A hard link appears whole or not at all, so no process reads a half-written secret.
            os.link(candidate, path)
        except FileExistsError:
            pass
        finally:
            candidate.unlink()
    return path.read_text()
