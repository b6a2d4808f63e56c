// Files for lecture demos: chosen, dropped or pasted, uploaded at once, sent along with the next
// message. Each has a chip from which it can be removed.
import { icon, make } from "./elements.js";
import { strings } from "./locale.js";
import { thumbnail } from "./thumbnail.js";

const MOST_BYTES = 10 * 1024 * 1024; // the site refuses more, so it is not sent
const MOST_FILES = 12;
const LONGEST_WAIT = 20_000; // milliseconds that a message waits for files on their way

class TooLarge extends Error {}

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

// The button that attaches, and the row that shows what is attached.
export function createAttachment({ authorize, onReady }) {
  let files = []; // { id, chip, done }; an id of null: under way, or refused
  const input = make("input", { type: "file", id: "file", accept: "image/*", multiple: true, class: "out-of-sight", "aria-label": strings.attach });
  const label = make("label", { class: "tool", for: "file", title: strings.attach }, icon("attach"), make("span", { text: strings.attach }));
  const chips = make("ul", { class: "chips", "aria-label": strings.attachedFiles });
  const hint = make("p", { class: "hint", role: "status" });
  const line = make("div", { id: "attached", hidden: true }, chips, hint);
  const ready = () => files.filter((file) => file.id !== null);

  function tell(text = "") {
    line.hidden = !files.length && !text;
    hint.textContent = text || (ready().length ? strings.attached : "");
  }

  function remove(file) {
    files = files.filter((other) => other !== file);
    file.chip.remove();
    tell();
  }

  function chipOf(name, file) {
    const close = make("button", { type: "button", class: "quiet", "aria-label": `${strings.detach} ${name}`, on: { click: () => { remove(file); input.focus(); } } }, icon("close"));
    return make("li", { class: "chip" }, make("span", { class: "name", text: name, title: name }), close);
  }

  async function add(chosen) {
    const file = { id: null, chip: null, done: null };
    file.chip = chipOf(chosen.name || strings.picture, file);
    files.push(file);
    chips.append(file.chip);
    tell(strings.uploading);
    thumbnail(chosen).then((drawn) => drawn && file.chip.prepend(drawn));
    file.done = upload(chosen, authorize).then(
      (id) => { file.id = id; tell(); onReady(); },
      (error) => refused(file, chosen.name, error instanceof TooLarge ? strings.tooLarge : strings.uploadRefused),
    );
    return file.done;
  }

  function refused(file, name, why) {
    if (!files.includes(file)) return;
    remove(file);
    tell(`${name} ${why}`);
  }

  function addAll(chosen) {
    const pictures = [...chosen];
    const fit = pictures.slice(0, Math.max(0, MOST_FILES - files.length));
    const all = Promise.all(fit.map(add));
    if (fit.length < pictures.length) all.then(() => tell(strings.tooMany));
  }

  input.addEventListener("change", () => {
    addAll(input.files);
    input.value = ""; // the same file may be chosen again
  });
  takeDropped(addAll);

  return {
    control: make("span", { class: "attach" }, input, label),
    line,
    attached: () => files.length > 0,
    // When all files that are on their way have arrived, or have been waited for long enough.
    async arrived() {
      const late = new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT));
      if (ready().length < files.length) await Promise.race([late, Promise.all(files.map((file) => file.done))]);
    },
    // What goes along with the message that is being sent; it goes once.
    take() {
      const ids = ready().map((file) => file.id);
      for (const file of files.filter((each) => each.id !== null)) remove(file);
      if (!ids.length) return {};
      return ids.length === 1 ? { upload: ids[0], uploads: ids } : { uploads: ids };
    },
  };
}

// Pictures that are dropped onto the page or pasted into it.
function takeDropped(addAll) {
  const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragover", (event) => { if (holdsFiles(event)) event.preventDefault(); });
  document.addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault(); // else the browser leaves the page for the picture
    addAll(event.dataTransfer.files);
  });
  document.addEventListener("paste", (event) => {
    const pasted = event.clipboardData?.files ?? [];
    if (!pasted.length) return;
    event.preventDefault();
    addAll(pasted);
  }, { capture: true });
}
