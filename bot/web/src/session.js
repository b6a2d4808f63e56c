// Who the page speaks for: a token kept in this browser, and the calls that need it.
const KEY = "quad-session";

export const current = () => JSON.parse(localStorage.getItem(KEY) ?? "null");
const keep = (session) => localStorage.setItem(KEY, JSON.stringify(session));
export const forget = async () => localStorage.removeItem(KEY);

async function post(path, body) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body ?? {}),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

export async function entry() {
  return (await fetch("/session")).json();
}

export async function token() {
  if (!current()) keep(await post("/session/visitor"));
  return current();
}

export async function signIn(suid) {
  if (!suid) return forget();
  const session = await post("/session/student", { suid });
  keep({ ...session, suid });
}

export async function upload(file) {
  const form = new FormData();
  form.append("file", file);
  const headers = { Authorization: `Bearer ${current().token}` };
  const response = await fetch("/uploads", { method: "POST", headers, body: form });
  return response.ok ? response.json() : {};
}
