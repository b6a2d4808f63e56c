// Who the page speaks for: a token set kept in this browser, renewed before it runs out.
const KEY = "quad-session";
const EARLY = 30_000; // milliseconds before its end in which a token counts as over

let kept = null; // where the browser keeps nothing for a frame on a foreign page

export function current() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "null");
  } catch {
    return kept;
  }
}

function keep(set) {
  kept = { ...set, until: Date.now() + set.expires_in * 1000 };
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // kept in memory alone: this page's visit
  }
  return kept;
}

export function forget() {
  kept = null;
  try {
    localStorage.removeItem(KEY);
  } catch {
    // nothing was kept
  }
}

export class Refused extends Error {}

async function post(path, body = {}, shown = null) {
  const headers = { "Content-Type": "application/json" };
  if (shown) headers.Authorization = `Bearer ${shown}`;
  const response = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
  if (response.status === 401 || response.status === 403) throw new Refused(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.status === 204 ? null : response.json();
}

export const entry = async () => (await fetch("/session")).json();

// Tabs share one sign-in, whose refresh holds once: only one of them asks.
// (Where a browser denies a frame its storage, it denies locks too, and there is nothing to share.)
async function alone(work) {
  let begun = false;
  const once = () => {
    begun = true;
    return work();
  };
  try {
    return await navigator.locks.request(KEY, once);
  } catch (error) {
    if (begun) throw error;
    return once();
  }
}

// A token that holds. `worn` is one that was refused although it should hold. `onEnded` is told
// when a sign-in is over and a visitor takes its place.
export function token({ worn = null, onEnded = () => {} } = {}) {
  return alone(async () => {
    const set = current();
    if (set && set.token !== worn && set.until - EARLY > Date.now()) return set.token;
    if (set?.refresh) {
      try {
        return keep(await post("/session/refresh", { refresh: set.refresh })).token;
      } catch (error) {
        if (!(error instanceof Refused)) throw error; // offline: later
        forget();
        onEnded();
      }
    }
    return keep(await visitor(set?.suid || set?.token === worn ? null : set)).token;
  });
}

// A visitor who comes in time stays the same one, with the same conversation.
async function visitor(before) {
  const held = before && !before.refresh && before.until > Date.now() ? before.token : null;
  try {
    return await post("/session/visitor", {}, held);
  } catch (error) {
    if (!held || !(error instanceof Refused)) throw error;
    return post("/session/visitor");
  }
}

export const exchange = async (code) => keep(await post("/session/exchange", { code }));

export async function signOut() {
  const refresh = current()?.refresh;
  forget();
  if (refresh) await post("/session/sign-out", { refresh }).catch(() => {}); // it ends by itself
}

// Another tab signed in or out.
export function onElsewhere(listener) {
  let subject = current()?.suid ?? null;
  addEventListener("storage", (event) => {
    if (event.key !== KEY) return;
    const now = current()?.suid ?? null;
    if (now !== subject) listener();
    subject = now;
  });
}
