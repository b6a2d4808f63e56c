// deep-chat as this page uses it: its list of messages, its text field and its button.
//
// It is given no word of anybody to render: bubbles are added empty and filled with our own nodes
// (see markup.js for why), and what is typed is taken before deep-chat would show it itself.
import "deep-chat/dist/deepChat.bundle.js";
import { make } from "./elements.js";
import { strings } from "./locale.js";
import styles from "./thread.shadow.css";

export const MOST_CHARACTERS = 20_000; // the doors cut longer messages
const SLOT = '<div class="slot"></div>';
const ARROW =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor"><path d="M12 19V5"/><path d="M6 11l6-6 6 6"/></svg>';
const SETTLED = 30; // milliseconds
const NARROW = 480; // pixels: the hint of the field stands in one line
const PLAIN = { filter: "none" };

// Resolves to the element's parts once it is drawn; `onText(text)` is called for what is sent.
export function drawn(place, onText) {
  return new Promise((resolve) => {
    const chat = document.createElement("deep-chat");
    const hint = innerWidth < NARROW ? strings.placeholderShort : strings.placeholder;
    chat.connect = { websocket: true, handler: bridge(onText) };
    chat.chatStyle = { display: "block", width: "100%", height: "100%", fontFamily: "inherit", backgroundColor: "transparent" };
    chat.textInput = { characterLimit: MOST_CHARACTERS, placeholder: { text: hint } };
    chat.submitButtonStyles = {
      alwaysEnabled: true,
      submit: { svg: { content: ARROW, styles: { default: PLAIN } } },
    };
    chat.auxiliaryStyle = styles;
    chat.style.fontFamily = "inherit"; // else it asks Google for a font before it reads chatStyle
    // Setting properties draws it anew, on a slow machine once more after the first time.
    chat.onComponentRender = () => setTimeout(() => resolve(parts(chat, onText)), SETTLED);
    place.append(chat);
  });
}

// deep-chat's way to a server: always open, because what is said offline waits in connection.js.
const bridge = (onText) => (_, signals) => {
  signals.newUserMessage.listener = ({ messages }) => onText(messages?.at(-1)?.text ?? "");
  signals.onOpen();
};

function parts(chat, onText) {
  const root = chat.shadowRoot;
  const [messages, field] = ["messages", "text-input"].map((id) => root.getElementById(id));
  const button = root.querySelector("#input .input-button");
  name(messages, { role: "group", "aria-label": strings.conversation, tabindex: "0" });
  name(field, { "aria-label": strings.yourMessage, "aria-multiline": "true", enterkeyhint: "send" });
  name(button, { "aria-label": strings.send });
  takeOver(root, field, button, onText);
  return { chat, messages, field, bubble: (role) => bubble(chat, messages, role) };
}

function name(element, attributes) {
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
}

// Before deep-chat hears of it: Enter in the field, or its button.
function takeOver(root, field, button, onText) {
  const send = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    const text = field.innerText.replace(/\u00a0/g, " ").trim().slice(0, MOST_CHARACTERS);
    field.replaceChildren();
    field.dispatchEvent(new InputEvent("input"));
    field.focus();
    onText(text);
  };
  root.addEventListener("keydown", (event) => {
    const pressed = event.key === "Enter" && !event.isComposing;
    if (event.target === field && pressed && !event.shiftKey) send(event);
    if (button.contains(event.target) && (pressed || event.key === " ")) send(event);
  }, { capture: true });
  root.addEventListener("click", (event) => button.contains(event.target) && send(event), { capture: true });
}

// An empty bubble at the end, to be filled with nodes.
function bubble(chat, messages, role) {
  chat.addMessage({ role, html: SLOT });
  const slot = [...messages.querySelectorAll(".slot")].at(-1);
  const filled = make("div", { class: "words" });
  slot.replaceWith(filled);
  return { words: filled, row: filled.closest(".outer-message-container") };
}
