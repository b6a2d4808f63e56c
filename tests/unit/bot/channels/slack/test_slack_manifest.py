"""The app manifest keeps the rules of Slack's "App manifest reference", in both modes."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml

from bot.channels.slack.manifest import (
    MANIFEST,
    AddressRefused,
    for_http,
    for_socket_mode,
    main,
    read,
)

# Which scope an event needs (pages of docs.slack.dev/reference/events).
NEEDED = {
    "app_home_opened": None,
    "app_mention": "app_mentions:read",
    "app_uninstalled": None,
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "tokens_revoked": None,
}
KEYS = {
    "": {"_metadata", "display_information", "features", "oauth_config", "settings"},
    "display_information": {"name", "description", "long_description", "background_color"},
    "features": {"app_home", "bot_user", "slash_commands", "shortcuts", "unfurl_domains"},
    "features.app_home": {
        "home_tab_enabled", "messages_tab_enabled", "messages_tab_read_only_enabled",
    },
    "features.bot_user": {"display_name", "always_online"},
    "oauth_config": {"redirect_urls", "scopes", "token_management_enabled"},
    "oauth_config.scopes": {"bot", "user"},
    "settings": {
        "allowed_ip_address_ranges", "event_subscriptions", "incoming_webhooks", "interactivity",
        "org_deploy_enabled", "socket_mode_enabled", "token_rotation_enabled",
    },
    "settings.event_subscriptions": {"request_url", "bot_events", "user_events"},
    "settings.interactivity": {"is_enabled", "request_url", "message_menu_options_url"},
}  # fmt: skip
HTTP = for_http(read(), "https://quad.university.example/")
SOCKET = for_socket_mode(read())
both = pytest.mark.parametrize("manifest", [HTTP, SOCKET], ids=["http", "socket mode"])


def at(manifest: dict[str, Any], path: str) -> Any:
    for key in filter(None, path.split(".")):
        manifest = manifest[key]
    return manifest


@both
@pytest.mark.parametrize("path", KEYS)
def test_there_are_no_fields_that_slack_does_not_know(manifest: dict[str, Any], path: str) -> None:
    assert set(at(manifest, path)) <= KEYS[path]


@both
def test_texts_keep_their_lengths(manifest: dict[str, Any]) -> None:
    shown = manifest["display_information"]
    assert 0 < len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 174 <= len(shown["long_description"]) <= 4000
    assert re.fullmatch(r"#(?:[0-9a-fA-F]{3}){1,2}", shown["background_color"])
    assert re.fullmatch(r"[a-z0-9._-]{1,80}", manifest["features"]["bot_user"]["display_name"])


@both
def test_commands_and_shortcuts_keep_theirs(manifest: dict[str, Any]) -> None:
    (command,) = manifest["features"]["slash_commands"]
    assert re.fullmatch(r"/[a-z0-9_-]{1,31}", command["command"])
    assert len(command["description"]) <= 2000
    assert len(command["usage_hint"]) <= 1000
    shortcuts = manifest["features"]["shortcuts"]
    assert {shortcut["type"] for shortcut in shortcuts} == {"global", "message"}
    assert len({shortcut["callback_id"] for shortcut in shortcuts}) == len(shortcuts) <= 10
    for shortcut in shortcuts:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["callback_id"]) <= 255
        assert len(shortcut["description"]) <= 150


@both
def test_every_event_has_its_scope(manifest: dict[str, Any]) -> None:
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    scopes = manifest["oauth_config"]["scopes"]["bot"]
    assert sorted(NEEDED) == sorted(events)
    assert {NEEDED[event] for event in events} - {None} <= set(scopes)
    assert len(set(scopes)) == len(scopes)
    assert "user" not in manifest["oauth_config"]["scopes"]  # nothing in a person's own name


def test_each_scope_is_explained() -> None:
    told = (MANIFEST.parents[2] / "docs" / "slack.md").read_text()
    for scope in read()["oauth_config"]["scopes"]["bot"]:
        assert f"`{scope}`" in told


def test_over_http_slack_calls_the_door() -> None:
    address = "https://quad.university.example/webhooks/slack"
    settings = HTTP["settings"]
    assert settings["event_subscriptions"]["request_url"] == f"{address}/webhook"
    assert settings["interactivity"]["request_url"] == f"{address}/webhook"
    assert HTTP["features"]["slash_commands"][0]["url"] == f"{address}/webhook"
    assert HTTP["oauth_config"]["redirect_urls"] == [f"{address}/oauth_redirect"]
    assert settings["socket_mode_enabled"] is False


def test_in_socket_mode_there_is_no_address() -> None:
    assert "https://" not in json.dumps(SOCKET)
    assert SOCKET["settings"]["socket_mode_enabled"] is True


@pytest.mark.parametrize(
    "url",
    ["http://quad.example", "quad.example", "https://", "https://a.b/c", "https://u:p@a.b", ""],
)
def test_addresses_that_slack_would_not_call(url: str) -> None:
    with pytest.raises(AddressRefused):
        for_http(read(), url)


def test_the_command_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--url", "https://quad.university.example"]) == 0
    assert yaml.safe_load(capsys.readouterr().out) == HTTP
    assert main(["--socket-mode", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == SOCKET


@pytest.mark.parametrize("words", ["", "--url http://a.b", "--url https://a.b --socket-mode"])
def test_the_command_explains_what_is_wrong(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(words.split())
    assert stopped.value.code == 2
    assert "https" in capsys.readouterr().err
