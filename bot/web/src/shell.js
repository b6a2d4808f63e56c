// What stands around the conversation: the head with who is speaking, notices, the row of tools.
import { icon, make } from "./elements.js";
import { strings } from "./locale.js";

export function createShell({ framed, onSignIn, onSignOut, onClose }) {
  const who = make("p", { id: "who" });
  const sign = make("button", { type: "button", id: "sign-in-button", class: "sign" });
  const connection = make("p", { id: "connection", role: "status" });
  const thread = make("div", { id: "thread" });
  const notices = make("div", { class: "notices" }, connection);
  const tools = make("div", { class: "tools", role: "group", "aria-label": strings.settings });
  const checkIn = make("a", { class: "tool", href: "/check-in", target: "_blank", rel: "noopener", hidden: true, title: strings.checkInMore, text: strings.checkIn });
  let signedIn = false;
  sign.addEventListener("click", () => (signedIn ? onSignOut() : onSignIn()));

  const head = make(
    "header",
    { class: "head" },
    make("span", { class: "brand", "aria-hidden": "true", text: "Q" }),
    make("div", { class: "names" }, make("h1", { text: strings.quad }), who),
    sign,
    framed ? make("button", { type: "button", class: "quiet close", "aria-label": strings.close, on: { click: onClose } }, icon("close")) : null,
  );
  document.title = strings.title;
  document.body.prepend(head, make("main", {}, notices, thread, tools));

  return {
    thread,
    notices,
    tools,
    checkIn,
    who(set) {
      signedIn = Boolean(set?.suid);
      who.textContent = signedIn ? `${strings.signedInAs} ${set.name || set.suid}` : strings.visitor;
      who.title = signedIn ? "" : strings.visitorMore;
      sign.textContent = signedIn ? strings.signOut : strings.signIn;
      sign.classList.toggle("first", !signedIn);
      checkIn.hidden = !signedIn;
    },
    state(state) {
      const told = { offline: strings.offline, failed: strings.failed };
      connection.textContent = told[state] ?? "";
      document.body.dataset.connection = state;
    },
  };
}
