// The chat page and the widget's frame: wires session, socket and conversation together.
import { createAnnouncer } from "./announcer.js";
import { connect, forgetUnsent } from "./connection.js";
import { createHost } from "./host.js";
import { locale, strings } from "./locale.js";
import { createNotesSwitch } from "./notes_switch.js";
import { spoken } from "./reply.js";
import * as session from "./session.js";
import { createShell } from "./shell.js";
import { Blocked, signIn } from "./sign_in.js";
import { createThread } from "./thread.js";
import { createAttachment } from "./uploads.js";
import { createVoiceControls } from "./voice_controls.js";

document.documentElement.lang = locale;
const host = createHost({ onOpen: () => thread?.focus() });
const shell = createShell({ framed: host.framed, onSignIn: enter, onSignOut: leave, onClose: host.close });
const announcer = createAnnouncer();
const attachment = createAttachment({ authorize: token, onReady: () => thread.focus() });
const told = (words) => (begun ? thread.note(words) : (note = words));
const notes = createNotesSwitch({ authorize: token, onProblem: told });
const voice = createVoiceControls({ authorize: token, onHeard: (text) => thread.offer(text), onNote: told });
let thread = null;
let connection = null;
let note = ""; // to be shown under the next history
let begun = false; // whether a history is shown

async function begin() {
  document.body.append(announcer.element);
  shell.notices.append(attachment.line);
  shell.tools.append(attachment.control, ...voice.controls, notes.control, shell.checkIn);
  shell.state("connecting");
  shell.who(session.current());
  thread = await createThread(shell.thread, { onText: send });
  host.onUnread((count) => { document.title = count ? `(${count}) ${strings.title}` : strings.title; });
  session.onElsewhere(rejoin);
  host.ready();
  if (!host.framed) thread.focus();
  return session.entry();
}

// Rejects only without a network: a sign-in that has ended makes a visitor, who is told so.
function token(refused = false) {
  const worn = refused ? session.current()?.token : null;
  return session.token({ worn, onEnded: () => { note = strings.signedOut; } });
}

function join({ bot_url: address }) {
  connection = connect(address, token, {
    onHistory: showHistory,
    onWaiting: (messages) => thread.waiting(messages),
    onReply: hear,
    onProgress: (message) => thread.progress(message),
    onEcho: ({ text, id }) => thread.user(text, id),
    onTyping: (on) => thread.typing(on),
    onState: (state) => shell.state(state),
    onSent: (id) => thread.sent(id),
    onFailed: (id) => thread.sent(id, false),
    onRefused: () => shell.state("failed"),
  });
}

function showHistory(messages) {
  shell.who(session.current());
  notes.offer(Boolean(session.current()?.suid));
  thread.history(messages);
  begun = true;
  if (note) thread.note(note);
  note = "";
}

// Who is quick must not say something to nowhere: what is said waits until there is a connection.
const entry = begin();
const joined = entry.then(join);
joined.catch((error) => {
  shell.state("failed");
  console.error(error);
});

// The conversation belongs to whoever speaks: another speaker, another conversation.
async function rejoin() {
  await joined;
  connection.close();
  forgetUnsent();
  thread.clear();
  join(await entry);
}

async function send(text) {
  await joined;
  if (!text.trim() && !attachment.attached()) return;
  await attachment.arrived();
  const said = text.trim() ? text : strings.hereIsMyPicture;
  const id = connection.send(said, { ...attachment.take(), locale });
  thread.user(said, id, true);
}

function hear(message) {
  thread.reply(message);
  announcer.announce(strings.quadSaid, spoken(message));
  voice.read(message.text);
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
