// A demo under way: one line, one bar and one picture that change in their place.
import { showable } from "./addresses.js";
import { make } from "./elements.js";
import { strings } from "./locale.js";
import { rendered } from "./markup.js";

// Fills an empty bubble; `show(message)` tells how far it is now.
export function createRunning({ words, row }) {
  const line = make("div", { class: "line" });
  const bar = make("progress", { max: "1", "aria-label": strings.progress });
  const frame = make("span", { class: "picture so-far", hidden: true });
  let newest = null;
  words.append(line, bar, frame);

  // A picture takes the place of the one before only when it is there: nothing flickers.
  function draw(source, text) {
    const src = showable(source);
    if (!src || newest?.src === src) return;
    frame.hidden = false; // its height is kept free from now on
    const picture = make("img", { alt: `${strings.soFar} ${text}` });
    newest = picture;
    picture.addEventListener("load", () => { if (newest === picture) frame.replaceChildren(picture); });
    picture.src = src;
  }

  return {
    row,
    show(message) {
      line.replaceChildren(rendered(String(message.text ?? "")));
      bar.value = Math.min(Math.max(message.progress, 0), 1);
      draw(message.image, String(message.text ?? ""));
    },
  };
}
