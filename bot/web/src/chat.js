// The chat page and the widget's frame: wires session, socket and conversation together.
import { createAnnouncer } from "./announcer.js";
import { connect } from "./connection.js";
import { createHost } from "./host.js";
import { locale, strings } from "./locale.js";
import { spoken } from "./reply.js";
import * as session from "./session.js";
import { createShell } from "./shell.js";
import { Blocked, signIn } from "./sign_in.js";
import { createThread } from "./thread.js";
import { createAttachment } from "./uploads.js";

document.documentElement.lang = locale;
const host = createHost({ onOpen: () => thread?.focus() });
const shell = createShell({ framed: host.framed, onSignIn: enter, onSignOut: leave, onClose: host.close });
const announcer = createAnnouncer();
const attachment = createAttachment({ authorize: () => session.token(), onReady: () => thread.focus() });
const shown = new Set(); // ids of the replies on the page
let thread = null;
let connection = null;
let address = null; // the bot's

async function begin() {
  document.body.append(announcer.element);
  shell.notices.append(attachment.line);
  shell.tools.append(attachment.control);
  shell.state("connecting");
  thread = await createThread(shell.thread, { onText: send });
  host.onUnread((count) => { document.title = count ? `(${count}) ${strings.title}` : strings.title; });
  session.onElsewhere(rejoin);
  address = (await session.entry()).bot_url;
  await join();
  host.ready();
  if (!host.framed) thread.focus();
}

async function join() {
  await session.token({ onEnded: () => thread.note(strings.signedOut) });
  shell.who(session.current());
  connection = connect(address, () => session.token(), {
    onHistory: (messages) => {
      for (const { id } of messages) if (id) shown.add(id);
      thread.history(messages);
    },
    onReply: hear,
    onEcho: ({ text, id }) => thread.user(text, id),
    onTyping: (on) => thread.typing(on),
    onState: (state) => shell.state(state),
    onSent: (id, accepted) => thread.sent(id, accepted),
    onRefused: refused,
  });
}

// The conversation belongs to whoever speaks: another speaker, another conversation.
async function rejoin() {
  connection?.close();
  shown.clear();
  thread.clear();
  await join();
}

async function refused() {
  connection.close();
  const before = session.current();
  await session.token({ worn: before?.token });
  await rejoin();
  if (before?.suid && !session.current()?.suid) thread.note(strings.signedOut);
}

function send(text) {
  if (!text.trim() && !attachment.attached()) return;
  const said = text.trim() ? text : strings.hereIsMyPicture;
  const id = connection.send(said, { ...attachment.take(), locale });
  thread.user(said, id, true);
}

function hear(message) {
  if (message.id && shown.has(message.id)) return;
  if (message.id) shown.add(message.id);
  thread.reply(message);
  announcer.announce(strings.quadSaid, spoken(message));
  host.arrived();
}

async function enter() {
  try {
    if (await signIn()) await rejoin();
    thread.focus();
  } catch (error) {
    thread.note(error instanceof Blocked ? strings.signInBlocked : strings.signInFailed);
  }
}

async function leave() {
  await session.signOut();
  await rejoin();
}

begin().catch(() => shell.state("failed"));
