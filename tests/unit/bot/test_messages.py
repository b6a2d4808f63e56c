"""What doors do before Rasa: reading messages, naming conversations, remembering resends."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.messages import MalformedMessage, plain, read
from bot.identity import ANONYMOUS, Gate
from bot.identity.__main__ import main
from knowledge.errors import InvalidSetting, NotSignedIn
from knowledge.model.students import Principal, Role
from knowledge.settings import Settings

GATE = Gate("a secret for the tests that is long enough for HS256")
STUDENT = Principal("05551234", Role.STUDENT)


def test_a_token_speaks_for_its_subject() -> None:
    assert GATE.admit(f"Bearer {GATE.issue(STUDENT)}") == STUDENT
    assert GATE.admit(None) == ANONYMOUS


@pytest.mark.parametrize("header", ["Basic abc", "Bearer abc", "Bearer ", ""])
def test_anything_else_is_refused(header: str) -> None:
    with pytest.raises(NotSignedIn):
        GATE.admit(header)


def test_an_expired_or_foreign_token_is_refused() -> None:
    with pytest.raises(NotSignedIn, match="expired"):
        GATE.verify(GATE.issue(STUDENT, timedelta(seconds=-1)))
    with pytest.raises(NotSignedIn, match="forged"):
        GATE.verify(Gate("another secret that is just as long as the other").issue(STUDENT))


def test_a_token_accepted_once_still_expires() -> None:
    token = GATE.issue(STUDENT, timedelta(seconds=1))
    assert GATE.verify(token) == STUDENT
    time.sleep(1.1)
    with pytest.raises(NotSignedIn, match="expired"):
        GATE.verify(token)


def test_conversations_belong_to_their_subject() -> None:
    mine = GATE.conversation(STUDENT, "web")
    assert mine != GATE.conversation(Principal("05551235", Role.STUDENT), "web")
    assert mine != GATE.conversation(ANONYMOUS, "web")
    assert mine != GATE.conversation(Principal("05551234", Role.ADMIN), "web")
    assert "05551234" not in mine


def test_the_command_line_refuses_what_is_no_number(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["issue", "--suid", "12"]) == 2
    assert "student number" in capsys.readouterr().err


@given(st.text())
def test_any_text_becomes_one_that_can_be_stored(text: str) -> None:
    result = plain(text)
    assert not result.startswith("/")
    assert result.encode("utf-8").decode("utf-8") == result
    assert "\x00" not in result


@pytest.mark.parametrize(
    "body",
    [None, [], {"message": 1}, {"sender": "", "message": "x"}, {"message": "x", "metadata": 3}],
)
def test_what_is_no_message_is_named(body: object) -> None:
    with pytest.raises(MalformedMessage):
        read(body)


def test_only_known_client_keys_are_kept() -> None:
    incoming = read({"message": "x", "metadata": {"upload": "u", "principal": {"subject": "1"}}})
    assert incoming.metadata(STUDENT)["client"] == {"upload": "u"}
    assert incoming.metadata(STUDENT)["principal"]["subject"] == "05551234"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("QUAD_SITE_PORT", "many"),
        ("QUAD_TODAY", "tomorrow"),
        ("QUAD_BOT_PORT", "0"),
        ("QUAD_SITE_URL", "ftp://quad.example"),
        ("QUAD_RETENTION_DAYS", "never"),
        ("QUAD_ORIGINS", "*"),
        ("QUAD_ORIGINS", "https://*.example.edu"),
        ("QUAD_ORIGINS", "https://example.edu/page"),
        ("QUAD_ORIGINS", "null"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(key: str, value: str, tmp_path) -> None:
    with pytest.raises(InvalidSetting) as fault:
        Settings.from_env({key: value, "QUAD_VAR": str(tmp_path)})
    assert (fault.value.key, fault.value.value) == (key, value)


def test_origins_are_a_list(tmp_path) -> None:
    both = "https://example.edu http://localhost:9000"
    settings = Settings.from_env({"QUAD_ORIGINS": both, "QUAD_VAR": str(tmp_path)})
    assert settings.origins == ("https://example.edu", "http://localhost:9000")


def test_the_secret_is_made_once_and_kept(tmp_path) -> None:
    env = {"QUAD_VAR": str(tmp_path)}
    assert Settings.from_env(env).secret == Settings.from_env(env).secret
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0
