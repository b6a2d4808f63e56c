// One message of Quad as nodes: text or cards, picture, file, progress and quick replies.
import { linkable, showable } from "./addresses.js";
import { cardList, cardsOf } from "./cards.js";
import { icon, make } from "./elements.js";
import { strings } from "./locale.js";
import { rendered } from "./markup.js";

// `say(text)` is called by a click; `before` is what Quad said last (a picture's own words).
export function replyParts(message, { say, before }) {
  const parts = document.createDocumentFragment();
  const cards = cardsOf(message);
  const text = cards.length ? (message.custom.lead ?? "") : message.text;
  if (text) parts.append(rendered(text));
  if (cards.length) parts.append(cardList(cards, say));
  if (Number.isFinite(message.progress)) parts.append(progressOf(message.progress));
  const { type, payload } = message.attachment ?? {};
  if (type === "file") append(parts, fileOf(payload));
  append(parts, pictureOf(message.image ?? (type === "file" ? null : payload?.src), text || before));
  if (Array.isArray(message.buttons)) append(parts, choicesOf(message.buttons, say));
  return parts;
}

const append = (parts, node) => node && parts.append(node);

// What a screen reader hears of a message.
export function spoken(message) {
  const file = message.attachment?.payload?.title;
  const choices = (message.buttons ?? []).map((button) => button.title).join(", ");
  const picture = message.image ? strings.picture : "";
  return [message.text, file, picture, choices].filter(Boolean).join("\n");
}

function progressOf(part) {
  const bar = make("progress", { max: "1", "aria-label": strings.progress });
  bar.value = Math.min(Math.max(part, 0), 1);
  return bar;
}

function pictureOf(source, words) {
  const src = showable(source);
  if (!src) return null;
  const picture = make("img", { src, loading: "lazy", alt: alternative(words) });
  const missing = () => shown.replaceWith(make("p", { class: "missing", text: strings.missingPicture }));
  picture.addEventListener("error", missing);
  const href = linkable(source);
  const attributes = { class: "picture", href, target: "_blank", rel: "noopener noreferrer", "aria-label": `${alternative(words)} (${strings.enlarge})` };
  const shown = href ? make("a", attributes, picture) : make("span", { class: "picture" }, picture);
  return shown;
}

function alternative(words) {
  const first = String(words ?? "").split("\n")[0].slice(0, 120);
  return first ? `${strings.pictureOf} ${first}` : strings.picture;
}

function fileOf(payload) {
  const href = linkable(payload?.src);
  if (!href) return null;
  const calendar = new URL(href).pathname.endsWith(".ics");
  const title = String(payload.title || strings.file);
  return make(
    "a",
    { class: "file", href, download: true },
    icon(calendar ? "calendar" : "file"),
    make("span", { class: "title", text: title }),
    make("span", { class: "kind", text: calendar ? strings.calendarFile : strings.download }),
  );
}

function choicesOf(buttons, say) {
  const offered = buttons.filter((button) => button?.title);
  if (!offered.length) return null;
  const choose = ({ title, payload }) => make("button", { type: "button", text: String(title), on: { click: () => say(String(payload ?? title)) } });
  return make("div", { class: "choices" }, ...offered.map(choose));
}
