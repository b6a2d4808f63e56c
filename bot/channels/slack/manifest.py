"""Prints the Slack app's manifest for one Quad: `python -m bot.channels.slack.manifest --url …`.

The manifest itself is deploy/slack/manifest.yml; here only its addresses are filled in, or taken
out for Socket Mode, in which Slack calls nobody.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

MANIFEST = Path(__file__).parents[3] / "deploy" / "slack" / "manifest.yml"
_PLACEHOLDER = "https://quad.example"
_ADDRESSES = ("url", "request_url", "redirect_urls")


class AddressRefused(ValueError):
    """An address that Slack would not call: it must be https, a host, no path or query."""


def read(path: Path = MANIFEST) -> dict[str, Any]:
    """The manifest as it is kept, with placeholders for addresses."""
    manifest: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return manifest


def for_http(manifest: dict[str, Any], url: str) -> dict[str, Any]:
    """With the addresses of the Quad at `url` (its bot's address); raise AddressRefused."""
    parts = urlsplit(url)
    rest = parts.path.strip("/") or parts.query or parts.fragment or parts.username
    if parts.scheme != "https" or not parts.hostname or rest:
        raise AddressRefused(url)
    filled: dict[str, Any] = _replaced(manifest, f"https://{parts.netloc}")
    return filled


def for_socket_mode(manifest: dict[str, Any]) -> dict[str, Any]:
    """Without addresses: Quad calls Slack and keeps the connection open."""
    bare: dict[str, Any] = _without_addresses(manifest)
    return {**bare, "settings": {**bare["settings"], "socket_mode_enabled": True}}


def _replaced(part: Any, address: str) -> Any:
    if isinstance(part, str):
        return part.replace(_PLACEHOLDER, address)
    if isinstance(part, dict):
        return {key: _replaced(value, address) for key, value in part.items()}
    return [_replaced(each, address) for each in part] if isinstance(part, list) else part


def _without_addresses(part: Any) -> Any:
    if isinstance(part, dict):
        kept = {key: value for key, value in part.items() if key not in _ADDRESSES}
        return {key: _without_addresses(value) for key, value in kept.items()}
    return [_without_addresses(each) for each in part] if isinstance(part, list) else part


def main(argv: list[str] | None = None) -> int:
    """Print the manifest as YAML, or as JSON with --json."""
    parser = argparse.ArgumentParser(
        prog="python -m bot.channels.slack.manifest", description=__doc__
    )
    parser.add_argument("--url", help="the bot's public address, as in QUAD_BOT_URL")
    parser.add_argument("--socket-mode", action="store_true", help="for development: no address")
    parser.add_argument("--json", action="store_true", help="JSON instead of YAML")
    args = parser.parse_args(argv)
    if bool(args.url) == args.socket_mode:
        parser.error("give either --url https://… or --socket-mode")
    try:
        made = for_socket_mode(read()) if args.socket_mode else for_http(read(), args.url)
    except AddressRefused as error:
        parser.error(f"Slack calls only https addresses without a path: {error}")
    if args.json:
        sys.stdout.write(f"{json.dumps(made, indent=2, ensure_ascii=False)}\n")
    else:
        yaml.safe_dump(made, sys.stdout, sort_keys=False, allow_unicode=True, width=100)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
