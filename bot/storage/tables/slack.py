"""Slack: workspaces with their encrypted tokens, linked users, and events on their way."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables.base import Base


class SlackInstallRow(Base):
    """One workspace in which Quad is installed; `sealed` is the installation, encrypted."""

    __tablename__ = "slack_installs"
    enterprise_id: Mapped[str] = mapped_column(String(40), primary_key=True)  # "" without one
    team_id: Mapped[str] = mapped_column(String(40), primary_key=True)  # "" for a whole enterprise
    user_id: Mapped[str] = mapped_column(String(40), primary_key=True)  # "" for the bot's own
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    installed_at: Mapped[datetime]


class SlackLinkRow(Base):
    """The student behind a Slack user, as the student's own sign-in said."""

    __tablename__ = "slack_links"
    team_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    subject: Mapped[str] = mapped_column(String(80), index=True)
    linked_at: Mapped[datetime]


class SlackEventRow(Base):
    """The inbox: what Slack sent and was answered with 2xx, until it is done.

    `key` is the message's (team, channel, ts), or the event's or action's own id: what Slack sends
    twice, or tells in two kinds of event, has one key. `sealed` is the event, encrypted, and is
    emptied when done; the row stays for a while to know resends by. Of one `lane` (a conversation,
    as a keyed hash) only the earliest said is handled at a time, whichever process does it.
    """

    __tablename__ = "slack_events"
    key: Mapped[str] = mapped_column(String(160), primary_key=True)
    lane: Mapped[str] = mapped_column(String(64), index=True)
    said_at: Mapped[float]  # seconds since 1970, by Slack's clock where it tells
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    received_at: Mapped[datetime] = mapped_column(index=True)
    claimed_at: Mapped[datetime | None]
    tries: Mapped[int]
    done_at: Mapped[datetime | None] = mapped_column(index=True)


class SlackPlaceRow(Base):
    """The place in Slack of a conversation, for what it is told later (a finished skill)."""

    __tablename__ = "slack_places"
    conversation: Mapped[str] = mapped_column(String(64), primary_key=True)
    team_id: Mapped[str] = mapped_column(String(40), index=True)
    user_id: Mapped[str] = mapped_column(String(40))
    lane: Mapped[str] = mapped_column(String(64), index=True)
    address: Mapped[dict[str, Any]] = mapped_column(JSON)
    used_at: Mapped[datetime] = mapped_column(index=True)
