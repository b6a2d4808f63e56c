"""Composition of the Slack door: everything it is made of, made once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from rasa.core.agent import Agent
from slack_bolt.async_app import AsyncApp

from bot.channels.reach import Reaches
from bot.channels.slack import app as bolt
from bot.channels.slack import clients, oauth
from bot.channels.slack.addresses import Addresses
from bot.channels.slack.app import Rooms
from bot.channels.slack.axess import Records
from bot.channels.slack.conversing import Conversing
from bot.channels.slack.files import Files
from bot.channels.slack.forms import Forms
from bot.channels.slack.giving_up import GivingUp
from bot.channels.slack.hearing import Hearing
from bot.channels.slack.home import Home
from bot.channels.slack.inbox import FIRST_PAUSE, LEASE, Inbox, Letter
from bot.channels.slack.installs import Installs
from bot.channels.slack.intake import Intake
from bot.channels.slack.interactions import Interactions
from bot.channels.slack.people import People
from bot.channels.slack.pictures import Pictures
from bot.channels.slack.progressing import Progress
from bot.channels.slack.push import PUSHED, Push
from bot.channels.slack.sealing import Sealing
from bot.channels.slack.sending import Sender
from bot.channels.slack.talking import OnMessage, Talk
from bot.channels.slack.threads import Threads
from bot.channels.slack.worker import Worker
from bot.channels.slack.workspaces import Workspaces
from bot.identity import Gate
from bot.identity.one_time import OneTimeCodes
from bot.identity.slack_links import SlackLinks
from bot.notes.preferring import Preferences
from bot.storage.database import DoorDatabase
from knowledge.settings import Settings


@dataclass(frozen=True)
class Parts:
    """What the door holds on to."""

    app: AsyncApp
    worker: Worker
    push: Push
    records: Records
    threads: Threads
    arriving: Threads

    async def close(self) -> None:
        """Stop working; what is under way is taken up again by whoever runs."""
        await self.worker.stop()
        await self.records.close()
        for each in (self.threads, self.arriving):
            each.close()


def make(
    settings: Settings,
    database: DoorDatabase,
    agent: Callable[[], Agent],
    on_message: OnMessage,
    lease: timedelta = LEASE,
    first_pause: timedelta = FIRST_PAUSE,
) -> Parts:
    """Wire everything to one database and one Web API."""
    slack, threads, sealing = settings.slack, Threads(), Sealing(settings.secret)
    web = clients.bare(slack.api_url)
    installs = Installs(database, sealing, threads)
    workspaces = Workspaces(installs, web, slack.bot_token)
    calls = clients.Clients(web, workspaces)
    sender = Sender(calls, Pictures(settings), slack.api_url)
    people = People(SlackLinks(database), calls, workspaces, threads, settings.site_url)
    inbox, addresses = Inbox(database, sealing, lease, first_pause), Addresses(database)
    conversing = Conversing(
        Gate(settings.secret),
        people,
        Talk(agent, on_message),
        sender,
        inbox,
        addresses,
        Reaches(database),
        threads,
    )
    records = Records(settings)
    home = Home(people, records, calls, Preferences(database), threads)
    forms = Forms(calls, records, conversing)
    files = Files(workspaces, settings.var / "uploads", slack.api_url, threads)
    rooms = Rooms(
        Hearing(conversing, workspaces, addresses, files, threads),
        Interactions(conversing, people, forms, home),
        forms,
        home,
    )

    async def handle(letter: Letter) -> None:
        if letter.body.get("type") == PUSHED:
            await push.deliver(letter)
        else:
            await bolt.dispatch(app, letter)

    worker = Worker(inbox, handle, GivingUp(sender), threads)
    push = Push(addresses, inbox, sender, home, threads, worker.wake, Progress(calls))
    arriving = Threads(2)  # what is acknowledged never queues behind what is worked on
    intake = Intake(inbox, arriving, worker.wake)
    states = oauth.OneTimeStates(OneTimeCodes(database), threads)
    flow = oauth.flow(settings, web, installs, states)
    app = bolt.create(intake, rooms, workspaces, installs, web, flow)
    return Parts(app, worker, push, records, threads, arriving)
