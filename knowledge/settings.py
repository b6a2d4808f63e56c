"""Configuration by environment, read in this one place by each process's composition root."""

from __future__ import annotations

import ipaddress
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from knowledge.errors import InvalidSetting

_HOST = r"[A-Za-z0-9.\-]+(:\d{1,5})?|\[[0-9a-f:]+\](:\d{1,5})?"


@dataclass(frozen=True)
class SignInSettings:
    """The university's single sign-on (OpenID Connect); without an issuer, our development one."""

    issuer: str | None = None
    client_id: str = "quad"
    client_secret: str | None = None
    role_claim: str = "quad_role"  # the claim of the ID token that names the role


@dataclass(frozen=True)
class LimitSettings:
    """How often one user or one address may ask, each a minute."""

    user: int = 60  # messages of one signed-in person or visitor
    address: int = 600  # requests of one address: a lecture hall has many people behind one
    sign_ins: int = 120  # steps of signing in; one sign-in takes about four
    uploads: int = 20  # files of one user
    own_machine: bool = False  # whether programs on this very machine are counted too
    trusted_proxies: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...] = ()


@dataclass(frozen=True)
class SlackSettings:
    """The Slack app's credentials; without a signing secret or app token the door stays shut."""

    signing_secret: str | None = None
    bot_token: str | None = None  # of one workspace, instead of installing by OAuth
    client_id: str | None = None
    client_secret: str | None = None
    app_token: str | None = None  # Socket Mode, for development
    api_url: str = "https://slack.com/api/"


@dataclass(frozen=True)
class VoiceSettings:
    """Stronger engines of the operator's own; without them, those that carry their models."""

    speech_model: Path | None = None  # a folder with a faster-whisper model
    voice_model: Path | None = None  # a piper voice


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
    site_url: str  # as browsers reach it, without a slash at the end
    bot_url: str
    skills_url: str
    origins: tuple[str, ...] = ()  # foreign pages that may show the widget or call the doors
    retention_days: int = 365
    sign_in: SignInSettings = SignInSettings()
    slack: SlackSettings = SlackSettings()
    limits: LimitSettings = LimitSettings()
    voice: VoiceSettings = VoiceSettings()

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read QUAD_* variables; raise InvalidSetting naming the key and the value."""
        env = dict(os.environ if environ is None else environ)
        var = Path(env.get("QUAD_VAR", "var")).resolve()
        site, bot, skills = (
            _port(env, f"QUAD_{name}_PORT", port)
            for name, port in (("SITE", 8000), ("BOT", 5005), ("SKILLS", 8100))
        )
        return cls(
            var=var,
            database_url=env.get("QUAD_DATABASE_URL") or f"sqlite:///{var / 'quad.db'}",
            redis_url=env.get("QUAD_REDIS_URL") or None,
            today=_date(env, "QUAD_TODAY"),
            secret=env.get("QUAD_SECRET") or _kept_secret(var),
            site_port=site,
            bot_port=bot,
            actions_port=_port(env, "QUAD_ACTIONS_PORT", 5055),
            skills_port=skills,
            axess_url=env.get("QUAD_AXESS_URL") or f"http://127.0.0.1:{site}/axess",
            explorecourses_url=env.get("QUAD_EXPLORECOURSES_URL")
            or f"http://127.0.0.1:{site}/explorecourses",
            eval_data=Path(env["QUAD_EVAL_DATA"]) if env.get("QUAD_EVAL_DATA") else None,
            site_url=_url(env, "QUAD_SITE_URL", site),
            bot_url=_url(env, "QUAD_BOT_URL", bot),
            skills_url=_url(env, "QUAD_SKILLS_URL", skills),
            origins=tuple(_origin(each) for each in env.get("QUAD_ORIGINS", "").split()),
            retention_days=_count(env, "QUAD_RETENTION_DAYS", 365, most=36_500),
            sign_in=SignInSettings(
                issuer=env.get("QUAD_OIDC_ISSUER") or None,
                client_id=env.get("QUAD_OIDC_CLIENT_ID") or "quad",
                client_secret=env.get("QUAD_OIDC_CLIENT_SECRET") or None,
                role_claim=env.get("QUAD_OIDC_ROLE_CLAIM") or "quad_role",
            ),
            slack=SlackSettings(
                signing_secret=env.get("SLACK_SIGNING_SECRET") or None,
                bot_token=env.get("SLACK_BOT_TOKEN") or None,
                client_id=env.get("SLACK_CLIENT_ID") or None,
                client_secret=env.get("SLACK_CLIENT_SECRET") or None,
                app_token=env.get("SLACK_APP_TOKEN") or None,
                api_url=env.get("SLACK_API_URL") or SlackSettings.api_url,
            ),
            limits=_limits(env),
            voice=VoiceSettings(_path(env, "QUAD_SPEECH_MODEL"), _path(env, "QUAD_VOICE_MODEL")),
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


def _url(env: Mapping[str, str], key: str, port: int) -> str:
    value = env.get(key) or f"http://localhost:{port}"
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise InvalidSetting(key, value)
    return value.rstrip("/")


def _path(env: Mapping[str, str], key: str) -> Path | None:
    value = env.get(key)
    if value and not Path(value).exists():
        raise InvalidSetting(key, value)
    return Path(value) if value else None


def _origin(value: str) -> str:
    """A scheme, a host and perhaps a port: never a pattern, never `*`, never `null`."""
    parts = urlsplit(value)
    plain = parts.scheme in ("http", "https") and value == f"{parts.scheme}://{parts.netloc}"
    if not plain or not re.fullmatch(_HOST, parts.netloc):
        raise InvalidSetting("QUAD_ORIGINS", value)
    return value


def _limits(env: Mapping[str, str]) -> LimitSettings:
    known = LimitSettings()
    return LimitSettings(
        user=_count(env, "QUAD_LIMIT_USER", known.user),
        address=_count(env, "QUAD_LIMIT_ADDRESS", known.address),
        sign_ins=_count(env, "QUAD_LIMIT_SIGN_INS", known.sign_ins),
        uploads=_count(env, "QUAD_LIMIT_UPLOADS", known.uploads),
        own_machine=env.get("QUAD_LIMIT_OWN_MACHINE") == "1",
        trusted_proxies=tuple(map(_network, env.get("QUAD_TRUSTED_PROXIES", "").split())),
    )


def _network(value: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    try:
        return ipaddress.ip_network(value)
    except ValueError as error:
        raise InvalidSetting("QUAD_TRUSTED_PROXIES", value) from error


def _count(env: Mapping[str, str], key: str, default: int, most: int = 1_000_000) -> int:
    value = env.get(key) or str(default)
    if not value.isascii() or not value.isdigit() or not 0 < int(value) <= most:
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
