// The chat page: wires session, socket and view together. Strings students read are in strings.js.
import { connect, forgetUnsent } from "./connection.js";
import * as session from "./session.js";
import { strings } from "./strings.js";
import * as view from "./view.js";

let upload = null;
let connection = null;

async function begin() {
  // Before anything is awaited: who is quick must not submit the form to nowhere.
  const joined = session.entry().then(async (entry) => {
    view.offerStudents(entry.students, session.current()?.suid);
    await join(entry.bot_port);
    return entry;
  });
  const when = (act) => (what) => joined.then(() => act(what));
  view.onSend(when(send));
  view.onChoose(when(send));
  view.onFile(when(attach));
  const entry = await joined;
  view.onSignIn(async (suid) => {
    await session.signIn(suid);
    connection.close();
    forgetUnsent();
    await join(entry.bot_port);
  });
}

async function join(port) {
  const { token, name } = await session.token();
  view.showWho(name);
  view.clear();
  const url = `${location.protocol}//${location.hostname}:${port}`;
  connection = connect(url, token, {
    onHistory: (messages) => view.showHistory(messages),
    onReply: (message) => view.showReply(message),
    onEcho: (message) => view.showUser(message.text, message.id),
    onTyping: (on) => view.showTyping(on),
    onState: (state) => view.showConnection(state),
    onSent: (id) => view.markSent(id),
    onFailed: (id) => view.markSent(id),
    onWaiting: (messages) => view.showWaiting(messages),
    onRefused: async () => {
      await session.forget();
      connection.close();
      view.note(strings.signedOut);
      await join(port);
    },
  });
}

function send(text) {
  if (!text.trim() && !upload) return;
  const metadata = upload ? { upload } : {};
  const id = connection.send(text || strings.hereIsMyPicture, metadata);
  view.showUser(text || strings.hereIsMyPicture, id, true);
  upload = null;
  view.showAttached(null);
}

async function attach(file) {
  view.showAttached(strings.uploading);
  const result = await session.upload(file);
  upload = result.upload ?? null;
  view.showAttached(upload ? `${file.name} ${strings.attached}` : strings.uploadRefused);
}

begin().catch(() => view.showConnection("failed"));
