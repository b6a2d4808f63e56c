// The chat page: wires session, socket and view together. Strings students read are in strings.js.
import { connect } from "./connection.js";
import * as session from "./session.js";
import { strings } from "./strings.js";
import * as view from "./view.js";

let upload = null;
let connection = null;

async function begin() {
  const entry = await session.entry();
  view.offerStudents(entry.students, session.current()?.suid);
  await join(entry.bot_port);
  view.onSend((text) => send(text));
  view.onChoose((label) => send(label));
  view.onFile((file) => attach(file));
  view.onSignIn(async (suid) => {
    await session.signIn(suid);
    connection.close();
    await join(entry.bot_port);
  });
}

async function join(port) {
  const { token, name } = await session.token();
  view.showWho(name);
  view.clear();
  connection = connect(port, token, {
    onHistory: (messages) => view.showHistory(messages),
    onReply: (message) => view.showReply(message),
    onEcho: (message) => view.showUser(message.text, message.id),
    onTyping: (on) => view.showTyping(on),
    onState: (state) => view.showConnection(state),
    onSent: (id) => view.markSent(id),
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
