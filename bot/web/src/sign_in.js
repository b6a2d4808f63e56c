// Signing in by a window of the university's own; its code comes back by a message of our origin.
import * as session from "./session.js";

const LOOK = 500; // milliseconds between looks whether the window was closed

export class Blocked extends Error {}

// Resolves to true when somebody signed in, false when the window was closed; call it in a click.
export async function signIn() {
  const popup = open("/sign-in?popup=1", "quad-sign-in", "popup,width=480,height=680");
  if (!popup) throw new Blocked();
  const code = await codeOf(popup);
  if (code === null) return false;
  await session.exchange(code);
  return true;
}

function codeOf(popup) {
  return new Promise((resolve) => {
    const ended = (code) => {
      removeEventListener("message", hear);
      clearInterval(watch);
      resolve(code);
    };
    const hear = ({ origin, source, data }) => {
      if (origin !== location.origin || source !== popup) return;
      if (data?.type === "quad-signed-in" && typeof data.code === "string") ended(data.code);
    };
    // The window's last message may still be under way when it is found closed.
    const watch = setInterval(() => popup.closed && setTimeout(() => ended(null), LOOK), LOOK);
    addEventListener("message", hear);
  });
}
