// A live region beside deep-chat, which has none: what is new is read out, and leaves after a while,
// so that somebody who reads line by line meets each message once.
import { make } from "./elements.js";
import { strings } from "./locale.js";

const KEPT = 20_000; // milliseconds

export function createAnnouncer() {
  const element = make("div", { class: "out-of-sight", role: "log", "aria-live": "polite", "aria-label": strings.news });
  return {
    element,
    announce(who, words) {
      if (!words) return;
      const entry = make("p", { text: `${who}: ${words}` });
      element.append(entry);
      setTimeout(() => entry.remove(), KEPT);
    },
  };
}
