// A file for a lecture demo: uploaded at once, sent along with the next message.
import { icon, make } from "./elements.js";
import { strings } from "./locale.js";

const MOST_BYTES = 10 * 1024 * 1024; // the site refuses more, so it is not sent

export class TooLarge extends Error {}

async function upload(file, authorize) {
  if (file.size > MOST_BYTES) throw new TooLarge();
  const form = new FormData();
  form.append("file", file);
  const headers = { Authorization: `Bearer ${await authorize()}` };
  const response = await fetch("/uploads", { method: "POST", headers, body: form });
  if (response.status === 413) throw new TooLarge();
  if (!response.ok) throw new Error(`uploads: ${response.status}`);
  return (await response.json()).upload;
}

// The button that attaches, and the line that says which file is attached.
export function createAttachment({ authorize, onReady }) {
  let taken = null;
  let latest = 0;
  const input = make("input", { type: "file", id: "file", accept: "image/*", class: "out-of-sight", "aria-label": strings.attach });
  const label = make("label", { class: "tool", for: "file", title: strings.attach }, icon("attach"), make("span", { text: strings.attach }));
  const words = make("span");
  const remove = make("button", { type: "button", class: "quiet", "aria-label": strings.detach, on: { click: clear } }, icon("close"));
  const line = make("p", { id: "attached", role: "status", hidden: true }, words);

  function tell(text, removable = false) {
    line.hidden = !text;
    words.textContent = text;
    if (removable) line.append(remove);
    else remove.remove();
  }

  function clear() {
    taken = null;
    latest += 1;
    input.value = "";
    tell("");
  }

  input.addEventListener("change", async () => {
    const file = input.files[0];
    if (!file) return;
    taken = null;
    const turn = ++latest; // a second choice while the first is under way wins
    tell(strings.uploading);
    try {
      const id = await upload(file, authorize);
      if (turn !== latest) return;
      taken = id;
      tell(`${file.name} ${strings.attached}`, true);
      onReady();
    } catch (error) {
      if (turn === latest) tell(`${file.name} ${error instanceof TooLarge ? strings.tooLarge : strings.uploadRefused}`, true);
    }
  });

  return {
    control: make("span", { class: "attach" }, input, label),
    line,
    attached: () => taken !== null,
    // What goes along with the message that is being sent; it goes once.
    take() {
      const metadata = taken ? { upload: taken } : {};
      if (taken) clear();
      return metadata;
    },
  };
}
