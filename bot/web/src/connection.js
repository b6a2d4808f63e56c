// One socket: messages get an id and are sent again after a reconnect until they are acknowledged.
import { io } from "socket.io-client";

export function connect(port, token, handlers) {
  const url = `${location.protocol}//${location.hostname}:${port}`;
  const socket = io(url, { auth: { token }, transports: ["websocket", "polling"], reconnectionDelayMax: 3000 });
  const unsent = new Map();

  function deliver(id) {
    socket.timeout(20000).emit("user_uttered", unsent.get(id), (error, answer) => {
      if (error) return; // the next reconnect sends it again; the server acts on each id once
      unsent.delete(id);
      handlers.onSent(answer.id ?? id);
    });
  }

  socket.on("connect", () => {
    handlers.onState("connected");
  });
  socket.on("history", (messages) => {
    handlers.onHistory(messages);
    for (const id of unsent.keys()) deliver(id);
  });
  socket.on("disconnect", () => handlers.onState("offline"));
  socket.on("connect_error", (error) => {
    if (error.message === "not-signed-in") handlers.onRefused();
    else handlers.onState("offline");
  });
  socket.on("bot_uttered", handlers.onReply);
  socket.on("user_echo", handlers.onEcho);
  socket.on("typing", ({ on }) => handlers.onTyping(on));

  return {
    send(message, metadata) {
      const id = crypto.randomUUID ? crypto.randomUUID() : `${Date.now()}-${Math.random()}`;
      unsent.set(id, { id, message, metadata });
      if (socket.connected) deliver(id);
      return id;
    },
    close: () => socket.close(),
  };
}
