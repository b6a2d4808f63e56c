// One socket: a message gets an id and is sent until it is acknowledged, one after another, also
// after a reconnect or a reload; a reply is shown once, whether it came live, again or as history.
import { io } from "socket.io-client";
import { createSeen } from "./seen.js";
import { createUnsent } from "./unsent.js";

export { forgetUnsent } from "./unsent.js";

const PATIENCE = 8000; // milliseconds for an acknowledgement, which comes when all is done
const BACKOFF = { reconnectionDelay: 300, reconnectionDelayMax: 5000, randomizationFactor: 0.5 };
const LONGEST = 5000;

const pause = (tries) =>
  new Promise((done) => setTimeout(done, Math.random() * Math.min(LONGEST, 300 * 2 ** tries)));
const newId = () => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;

// `url`: the bot's. `token`: a string, or `(refused) => Promise<string>`, asked at every connect;
// `refused` says that the last one no longer counted. It rejects with a TypeError (fetch's own)
// when there is no network, and else when somebody has to sign in again.
// `handlers`: onState("connected"|"offline"), onHistory(messages), onReply(message), onEcho(message),
// onTyping(on), onSent(id), onRefused(); and if wanted onWaiting(messages): [{id, message}] that were
// kept over a reload, onFailed(id, answer): refused for good, onProgress(message): a running skill.
export function connect(url, token, handlers) {
  const socket = io(url, { auth: authorize, transports: ["websocket", "polling"], ...BACKOFF });
  const unsent = createUnsent();
  const seen = createSeen();
  let [attempts, refusals, round, silences] = [0, 0, 0, 0];
  let [ready, flying, closed, heard] = [false, false, false, 0];

  async function authorize(give) {
    const mine = ++attempts;
    for (let tries = 0; !closed && mine === attempts; tries++) {
      try {
        const fresh = await tokenNow();
        unsent.belongTo(fresh);
        if (mine === attempts) give({ token: fresh });
        return;
      } catch (error) {
        if (!(error instanceof TypeError)) return refuse();
        await pause(tries);
      }
    }
  }

  async function tokenNow() {
    if (typeof token === "function") return token(refusals > 0);
    if (refusals) throw new Error("not-signed-in");
    return token;
  }

  function refuse() {
    handlers.onState("offline");
    handlers.onRefused();
  }

  async function again(tries) {
    await pause(tries);
    if (!closed && !socket.connected) socket.connect();
  }

  function deliver() {
    const message = unsent.first();
    if (!ready || flying || !message) return;
    const mine = ++round;
    const sent = Date.now();
    flying = true;
    const { id, message: text, metadata } = message;
    socket.timeout(PATIENCE).emit("user_uttered", { id, message: text, metadata }, (error, answer) => {
      if (mine !== round) return; // of a connection that is gone
      flying = false;
      if (error) unanswered(sent);
      else answered(id, answer);
    });
  }

  // The server acts once on each id, so sending again is safe. A socket that has been silent
  // altogether may be dead without knowing it.
  function unanswered(sent) {
    if (heard < sent && ++silences > 1) renew();
    else deliver();
  }

  function answered(id, answer) {
    silences = 0;
    if (answer.ok) {
      unsent.remove(id);
      handlers.onSent(id);
    } else if (answer.error === "not-signed-in") {
      refusals += 1;
      return renew();
    } else if (answer.retry_after) {
      flying = true;
      const mine = round;
      return setTimeout(() => {
        if (mine === round) flying = false;
        deliver();
      }, answer.retry_after * 1000);
    } else {
      unsent.remove(id);
      handlers.onFailed?.(id, answer);
    }
    deliver();
  }

  function renew() {
    silences = 0;
    socket.disconnect();
    if (!closed) socket.connect();
  }

  function show(message) {
    if (message.progress !== undefined && handlers.onProgress) handlers.onProgress(message);
    else if (seen.isNew(message, "reply")) handlers.onReply(message);
  }

  socket.onAny(() => { heard = Date.now(); });
  socket.on("connect", () => handlers.onState("connected"));
  socket.on("history", (messages) => {
    refusals = 0;
    const known = new Set(messages.map((message) => message.id));
    handlers.onHistory(messages);
    // What came while the history was on its way is not in it.
    for (const [kind, message] of seen.restart(known)) {
      if (kind === "reply") handlers.onReply(message);
      else handlers.onEcho(message);
    }
    const waiting = unsent.all().filter((message) => !known.has(message.id));
    if (waiting.length) handlers.onWaiting?.(waiting);
    ready = true;
    deliver();
  });
  socket.on("disconnect", (reason) => {
    [ready, flying] = [false, false];
    round += 1;
    handlers.onState("offline");
    if (reason === "io server disconnect") again(0);
  });
  socket.on("connect_error", (error) => {
    handlers.onState("offline");
    if (socket.active) return; // tries again by itself
    if (error.message !== "not-signed-in") return again(attempts);
    refusals += 1;
    if (refusals > 2 || typeof token !== "function") refuse();
    else again(0);
  });
  socket.on("token", () => { refusals += 1; }); // the server closes; the next connect brings a fresh one
  socket.on("bot_uttered", show);
  socket.on("user_echo", (message) => seen.isNew(message, "echo") && handlers.onEcho(message));
  socket.on("typing", ({ on }) => handlers.onTyping(on));

  // A browser often knows before the socket does, which waits for a heartbeat.
  const offline = () => socket.io.engine?.close();
  const online = () => !closed && !socket.connected && renew();
  addEventListener("offline", offline);
  addEventListener("online", online);

  return {
    send(message, metadata) {
      const id = newId();
      seen.isNew({ id }, "own");
      unsent.add({ id, message, metadata });
      deliver();
      return id;
    },
    close() {
      closed = true;
      removeEventListener("offline", offline);
      removeEventListener("online", online);
      socket.close();
    },
  };
}
