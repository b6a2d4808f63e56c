// What is on the page. Text is only ever set as text, so nothing in a message can become markup.
import { strings } from "./strings.js";

const at = (id) => document.getElementById(id);
let choose = () => {};

export function offerStudents(students, chosen) {
  for (const student of students) {
    const option = new Option(`${student.name}, ${student.suid}`, student.suid);
    option.selected = student.suid === chosen;
    at("student").add(option);
  }
}

export function showWho(name) {
  at("who").textContent = name ? `${strings.signedInAs} ${name}` : strings.visitor;
}

export function clear() {
  at("messages").replaceChildren();
}

function add(className) {
  const item = document.createElement("li");
  item.className = className;
  at("messages").append(item);
  return item;
}

const toEnd = () => at("messages").lastElementChild?.scrollIntoView({ block: "end" });

export function showHistory(messages) {
  const waiting = [...document.querySelectorAll("#messages .unsent")];
  clear();
  for (const message of messages) {
    if (message.from === "user") showUser(message.text, message.id);
    else showReply(message);
  }
  const known = new Set(messages.map((message) => message.id));
  for (const item of waiting) if (!known.has(item.dataset.id)) at("messages").append(item);
  toEnd();
}

export function showUser(text, id, unsent = false) {
  const item = add(unsent ? "user unsent" : "user");
  item.textContent = text;
  if (id) item.dataset.id = id;
  disableChoices();
  toEnd();
}

export function showWaiting(messages) {
  const shown = new Set([...document.querySelectorAll("#messages .unsent")].map((item) => item.dataset.id));
  for (const { id, message } of messages) if (!shown.has(id)) showUser(message, id, true);
}

export function markSent(id) {
  for (const item of document.querySelectorAll("#messages .unsent")) {
    if (item.dataset.id === id) item.classList.remove("unsent");
  }
}

export function showReply(message) {
  const item = add(message.progress ? "bot note" : "bot");
  if (message.text) item.append(message.text);
  const { type, payload } = message.attachment ?? {};
  const source = message.image ?? (type === "file" ? null : payload?.src);
  if (source) showPicture(item, source);
  if (type === "file") showFile(item, payload);
  if (message.buttons?.length) showChoices(item, message.buttons);
  toEnd();
}

function showPicture(item, source) {
  const url = new URL(source, location.href);
  if (!["http:", "https:", "data:"].includes(url.protocol)) return;
  const picture = new Image();
  picture.alt = strings.picture;
  picture.src = url.href;
  picture.onload = toEnd;
  item.append(picture);
}

function showFile(item, { src, title }) {
  const url = new URL(src, location.href);
  if (!["http:", "https:"].includes(url.protocol)) return;
  const link = document.createElement("a");
  link.href = url.href;
  link.textContent = title;
  link.download = "";
  item.append(link);
}

function showChoices(item, buttons) {
  const row = document.createElement("div");
  row.className = "choices";
  for (const { title, payload } of buttons) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = title;
    button.onclick = () => choose(payload ?? title);
    row.append(button);
  }
  item.append(row);
}

function disableChoices() {
  for (const button of document.querySelectorAll(".choices button")) button.disabled = true;
}

export function note(text) {
  add("bot note").textContent = text;
}

export const showTyping = (on) => { at("typing").hidden = !on; };
export const showConnection = (state) => { at("connection").textContent = strings[state]; };

export function showAttached(text) {
  at("attached").hidden = !text;
  at("attached").textContent = text ?? "";
}

export function onSend(handler) {
  at("composer").onsubmit = (event) => {
    event.preventDefault();
    const text = at("text").value;
    at("text").value = "";
    handler(text);
  };
}

export function onChoose(handler) {
  choose = handler;
}

export function onFile(handler) {
  at("file").onchange = (event) => event.target.files[0] && handler(event.target.files[0]);
}

export function onSignIn(handler) {
  at("sign-in").onsubmit = (event) => {
    event.preventDefault();
    handler(at("student").value);
  };
}
