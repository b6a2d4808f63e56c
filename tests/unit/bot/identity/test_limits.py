"""Token buckets: a burst is no fault, a flood is; addresses as far as proxies are trusted."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.identity.addresses import Address, address_of
from bot.identity.limits import Buckets, Limits, TooManyRequests
from knowledge.errors import InvalidSetting
from knowledge.model.students import Principal, Role
from knowledge.settings import LimitSettings, Settings

FAR = Address("203.0.113.7")
STUDENT = Principal("05990001", Role.STUDENT)
PROXIES = (ipaddress.ip_network("10.0.0.0/8"),)


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def _taken(buckets: Buckets, key: str, tries: int) -> int:
    taken = 0
    for _ in range(tries):
        try:
            buckets.take(key)
        except TooManyRequests:
            continue
        taken += 1
    return taken


def test_a_minutes_worth_at_once_then_steadily() -> None:
    clock = Clock()
    buckets = Buckets(60, clock)
    assert _taken(buckets, "a", 100) == 60
    assert _taken(buckets, "b", 1) == 1
    clock.now = 10.0
    assert _taken(buckets, "a", 100) == 10


def test_who_waits_as_long_as_told_is_let_in() -> None:
    clock = Clock()
    buckets = Buckets(7, clock)
    _taken(buckets, "a", 20)
    with pytest.raises(TooManyRequests) as refused:
        buckets.take("a")
    clock.now += refused.value.retry_after
    buckets.take("a")


@given(
    per_minute=st.integers(1, 500),
    steps=st.lists(st.tuples(st.floats(0, 30), st.integers(1, 50)), max_size=40),
)
def test_never_more_than_a_burst_and_the_rate(
    per_minute: int, steps: list[tuple[float, int]]
) -> None:
    clock = Clock()
    buckets = Buckets(per_minute, clock)
    taken = 0
    for pause, tries in steps:
        clock.now += pause
        taken += _taken(buckets, "a", tries)
    assert taken <= per_minute + per_minute * clock.now / 60 + 1e-6


def test_one_users_flood_is_nobody_elses() -> None:
    limits = Limits(LimitSettings(user=5))
    for _ in range(5):
        limits.message(STUDENT, FAR)
    with pytest.raises(TooManyRequests):
        limits.message(STUDENT, FAR)
    limits.message(Principal("05990002", Role.STUDENT), FAR)
    limits.message(Principal("05990001", Role.ADMIN), FAR)


def test_services_and_this_machine_are_not_counted() -> None:
    limits = Limits(LimitSettings(user=1, address=1, sign_ins=1, uploads=1))
    for _ in range(50):
        limits.message(Principal("actions", Role.SERVICE), FAR)
        for act in (limits.message, limits.upload):
            act(STUDENT, Address("127.0.0.1", own=True))
        for act in (limits.request, limits.sign_in):
            act(Address("::1", own=True))


def test_this_machine_is_counted_when_the_settings_say_so() -> None:
    limits = Limits(LimitSettings(address=1, own_machine=True))
    limits.request(Address("127.0.0.1", own=True))
    with pytest.raises(TooManyRequests):
        limits.request(Address("127.0.0.1", own=True))


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("127.0.0.1", None, Address("127.0.0.1", own=True)),
        ("::1", None, Address("::1", own=True)),
        ("198.51.100.4", None, Address("198.51.100.4")),
        # Only a claim: from somebody who is no trusted proxy.
        ("198.51.100.4", "127.0.0.1", Address("198.51.100.4")),
        ("127.0.0.1", "203.0.113.7", Address("127.0.0.1")),
        # From a trusted one, read from the right; what stands further left is a claim again.
        ("10.0.0.1", "203.0.113.7", Address("203.0.113.7")),
        ("10.0.0.1", "127.0.0.1, 203.0.113.7, 10.0.0.2", Address("203.0.113.7")),
        ("10.0.0.1", "127.0.0.1", Address("127.0.0.1")),
        ("10.0.0.1", "nonsense", Address("10.0.0.1")),
        ("10.0.0.1", "", Address("10.0.0.1")),
        (None, None, Address("unknown")),
    ],
)
def test_the_address_behind_proxies(
    peer: str | None, forwarded: str | None, expected: Address
) -> None:
    assert address_of(peer, forwarded, PROXIES) == expected


@given(forwarded=st.text(max_size=80))
def test_a_stranger_is_located_by_the_socket_alone(forwarded: str) -> None:
    assert address_of("203.0.113.7", forwarded, PROXIES) == FAR


@pytest.mark.parametrize(
    ("text", "household"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("unknown", "unknown"),
    ],
)
def test_a_home_is_one_address(text: str, household: str) -> None:
    assert Address(text).household == household


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("QUAD_LIMIT_USER", "0"),
        ("QUAD_LIMIT_ADDRESS", "many"),
        ("QUAD_TRUSTED_PROXIES", "10.0.0.1/8"),
    ],
)
def test_settings_that_are_off_are_named(tmp_path, key: str, value: str) -> None:
    with pytest.raises(InvalidSetting, match=key):
        Settings.from_env({"QUAD_VAR": str(tmp_path), "QUAD_SECRET": "s" * 40, key: value})


def test_settings_are_read(tmp_path) -> None:
    env = {
        "QUAD_VAR": str(tmp_path),
        "QUAD_SECRET": "s" * 40,
        "QUAD_LIMIT_USER": "5",
        "QUAD_LIMIT_OWN_MACHINE": "1",
        "QUAD_TRUSTED_PROXIES": "10.0.0.0/8 ::1",
    }
    limits = Settings.from_env(env).limits
    assert (limits.user, limits.address, limits.own_machine) == (5, 600, True)
    assert [str(each) for each in limits.trusted_proxies] == ["10.0.0.0/8", "::1/128"]
