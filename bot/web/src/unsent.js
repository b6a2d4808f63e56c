// Messages that the server has not acknowledged yet, oldest first. They outlive a reload of the
// page in this tab, for an hour: an older wish would surprise who wrote it.
const PREFIX = "quad-unsent:";
const MOST = 50;
const LASTING = 3_600_000; // milliseconds

// Storage may be closed to us (a frame on a foreign page); then a reload forgets.
function stored(act) {
  try {
    return act(sessionStorage);
  } catch {
    return null;
  }
}

// The conversation's owner, whose messages are never sent for somebody else.
function ownerOf(token) {
  try {
    const part = token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
    const { role, sub } = JSON.parse(atob(part));
    return `${role}:${sub}`;
  } catch {
    return "unknown";
  }
}

export function createUnsent() {
  let messages = [];
  let key = null;

  function keep() {
    messages = messages.slice(-MOST);
    if (key === null) return;
    if (messages.length) stored((storage) => storage.setItem(key, JSON.stringify(messages)));
    else stored((storage) => storage.removeItem(key));
  }

  return {
    // Who writes here, once that is known: what was kept before a reload comes first.
    belongTo(token) {
      if (key !== null) return;
      key = PREFIX + ownerOf(token);
      const kept = JSON.parse(stored((storage) => storage.getItem(key)) ?? "[]");
      const fresh = kept.filter((message) => Date.now() - message.at < LASTING);
      const ids = new Set(fresh.map((message) => message.id));
      messages = [...fresh, ...messages.filter((message) => !ids.has(message.id))];
      keep();
    },
    add(message) {
      messages.push({ ...message, at: Date.now() });
      keep();
    },
    remove(id) {
      messages = messages.filter((message) => message.id !== id);
      keep();
    },
    first: () => messages[0],
    all: () => [...messages],
  };
}

// At signing out: nothing that somebody wrote stays behind in this browser.
export function forgetUnsent() {
  stored((storage) => {
    for (const key of Object.keys(storage)) if (key.startsWith(PREFIX)) storage.removeItem(key);
  });
}
