// The conversation on the page: both sides' messages, what is unsent, typing, the welcome.
import { drawn } from "./deep_chat.js";
import { make } from "./elements.js";
import { strings } from "./locale.js";
import { replyParts } from "./reply.js";
import { createRunning } from "./running.js";

export async function createThread(place, { onText }) {
  const { chat, messages, field, bubble } = await drawn(place, onText);
  const typing = typingRow();
  const welcome = welcomeOf(onText);
  const unsent = new Map(); // message id → { text, row }
  let before = ""; // what Quad said last
  const running = new Map(); // job → the bubble of a demo that is under way
  frame();

  function frame() {
    messages.prepend(welcome);
    messages.append(...[...running.values()].map(({ row }) => row), typing);
  }

  function add(role, kind = "") {
    const added = bubble(role);
    welcome.hidden = true;
    if (kind) added.row.classList.add(kind);
    frame();
    return added;
  }

  const toEnd = () => { messages.scrollTop = messages.scrollHeight; };

  // A long reply is read from its beginning, a short one is seen whole.
  function show(row) {
    if (row.offsetHeight > messages.clientHeight) row.scrollIntoView({ block: "start" });
    else toEnd();
  }

  // The result stands where the bubble was.
  function ended(job) {
    const shown = running.get(job);
    if (shown) shown.row.hidden = true;
    running.delete(job);
  }

  const thread = {
    focus: () => field.focus(),

    // Words to be looked at before they are sent.
    offer(text) {
      field.textContent = text;
      field.dispatchEvent(new InputEvent("input"));
      field.focus();
      getSelection().selectAllChildren(field);
      getSelection().collapseToEnd();
    },

    clear() {
      chat.clearMessages(true);
      unsent.clear();
      before = "";
      running.clear();
      welcome.hidden = false;
      frame();
    },

    user(text, id, waiting = false) {
      endChoices(messages);
      const { words, row } = add("user");
      words.textContent = text;
      if (waiting) {
        row.classList.add("unsent");
        words.after(make("p", { class: "mark", text: strings.unsent }));
        unsent.set(id, { text, row });
      }
      toEnd();
    },

    sent(id, accepted = true) {
      const row = unsent.get(id)?.row;
      unsent.delete(id);
      row?.classList.remove("unsent");
      const mark = row?.querySelector(".mark");
      if (accepted) mark?.remove();
      else if (mark) mark.textContent = strings.refusedMessage;
    },

    // Messages that were kept over a reload, or that were said before the history came.
    waiting(messages) {
      for (const { id, message } of messages) if (!unsent.has(id)) thread.user(message, id, true);
    },

    // How far a demo is: one bubble that changes, and that its result replaces.
    progress(message) {
      const job = message.job ?? "";
      if (!running.has(job)) running.set(job, createRunning(add("ai", "note")));
      running.get(job).show(message);
      toEnd();
    },

    reply(message) {
      ended(message.job ?? "");
      const { words, row } = add("ai");
      words.append(replyParts(message, { say: onText, before }));
      for (const picture of words.querySelectorAll("img")) picture.addEventListener("load", () => show(row));
      before = message.text || before;
      show(row);
    },

    note(text) {
      add("ai", "note").words.textContent = text;
      toEnd();
    },

    // The server's record in place of what is shown; what it has not heard yet stays at the end.
    history(past) {
      const heard = new Set(past.map((message) => message.id));
      const waiting = [...unsent].filter(([id]) => !heard.has(id));
      thread.clear();
      for (const message of past) {
        if (message.from === "user") thread.user(String(message.text), message.id);
        else thread.reply(message);
      }
      for (const [id, { text }] of waiting) thread.user(text, id, true);
      toEnd();
    },

    typing(on) {
      typing.hidden = !on;
      if (on) toEnd();
    },
  };
  return thread;
}

// Quick replies answer the message they stand under: they end with the next thing said.
function endChoices(messages) {
  for (const button of messages.querySelectorAll(".choices button")) button.disabled = true;
}

function typingRow() {
  const dots = [1, 2, 3].map(() => make("span", { class: "dot" }));
  return make("div", { class: "typing", hidden: true, role: "img", "aria-label": strings.typing }, ...dots);
}

function welcomeOf(say) {
  const choices = strings.suggestions.map(({ title, say: said }) =>
    make("button", { type: "button", text: title, on: { click: () => say(said) } }));
  return make(
    "section",
    { class: "welcome" },
    make("h2", { text: strings.welcome }),
    make("p", { text: strings.welcomeMore }),
    strings.languageNote ? make("p", { class: "aside", text: strings.languageNote }) : null,
    make("div", { class: "suggestions" }, ...choices),
  );
}
