// The labelling page: words are selected with mouse or keys, a key each labels them.
import { ends, fitting, moved, put, remove, spanAt, withRole } from "./spans.js";

const form = document.querySelector("#labeller");
if (form) start(form);

function start(form) {
  const list = form.querySelector("#words");
  const words = JSON.parse(list.dataset.words); // [text before, word]
  const field = form.elements.spans;
  const said = form.querySelector("#said");
  const intents = [...form.querySelectorAll("input[name=intent]")];
  const slots = new Map([...form.querySelectorAll("[data-slot]")].map((b) => [b.dataset.key, b]));
  const intent = () => intents.find((radio) => radio.checked)?.value;
  let spans = JSON.parse(field.value);
  let selection = { anchor: 0, focus: 0 };
  let shown = intent();
  const past = [];

  const change = (next, text) => {
    if (JSON.stringify(next) === JSON.stringify(spans)) return;
    past.push({ spans, intent: shown });
    spans = next;
    draw();
    said.textContent = text;
  };
  const selected = () => words.slice(ends(selection)[0], ends(selection)[1] + 1).map((w) => w[1]).join(" ");
  const label = (slot) => change(put(spans, ...ends(selection), slot), `${selected()}: ${slot}`);
  const clear = () => change(remove(spans, ...ends(selection)), `${selected()}: no label`);
  const role = (name) => change(withRole(spans, ...ends(selection), name), `${selected()}: ${name}`);
  const choose = (radio) => {
    if (!radio || radio.value === shown) return;
    past.push({ spans, intent: shown });
    spans = fitting(spans, radio.value, words.length);
    shown = radio.value;
    radio.checked = true;
    draw();
    said.textContent = `Intent: ${shown}`;
  };
  const undo = () => {
    const last = past.pop();
    if (!last) return document.querySelector("#previous")?.click();
    ({ spans } = last);
    shown = last.intent;
    intents.forEach((radio) => (radio.checked = radio.value === shown));
    draw();
    said.textContent = "Undone";
  };
  const select = (next) => {
    selection = next;
    const [first, last] = ends(selection);
    list.querySelectorAll("[role=option]").forEach((option, n) => option.setAttribute("aria-selected", n >= first && n <= last));
    list.setAttribute("aria-activedescendant", `w${selection.focus}`);
  };

  function draw() {
    field.value = JSON.stringify(spans);
    list.replaceChildren();
    let holder = list;
    words.forEach(([before, text], n) => {
      const span = spanAt(spans, n);
      if (!span || span[0] === n) {
        list.append(before);
        holder = span ? marked(span) : list;
        if (span) list.append(holder);
      } else holder.append(before);
      holder.append(option(text, n, span));
      if (span && span[1] === n) holder.append(name(span[2]));
    });
    select(selection);
  }
  function option(text, n, span) {
    const made = document.createElement("span");
    Object.assign(made, { id: `w${n}`, className: "word", textContent: text });
    made.setAttribute("role", "option");
    made.setAttribute("aria-label", span ? `${text}, ${span[2]}` : text);
    made.dataset.word = n;
    return made;
  }
  function marked(span) {
    const made = document.createElement("span");
    made.className = `span slot-${span[2].split(":")[0]}`;
    return made;
  }
  function name(text) {
    const made = document.createElement("span");
    Object.assign(made, { className: "label", textContent: text });
    made.setAttribute("aria-hidden", "true");
    return made;
  }

  // Mouse: press on a word and drag; a click on a label's word selects all of the span.
  const wordOf = (event) => {
    const found = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-word]");
    return found && list.contains(found) ? Number(found.dataset.word) : null;
  };
  let dragged = null;
  list.addEventListener("pointerdown", (event) => {
    const word = wordOf(event);
    if (word === null) return;
    event.preventDefault();
    list.focus();
    dragged = event.shiftKey ? selection.anchor : word;
    select({ anchor: dragged, focus: word });
  });
  list.addEventListener("pointermove", (event) => {
    const word = dragged === null ? null : wordOf(event);
    if (word !== null && word !== selection.focus) select({ anchor: dragged, focus: word });
  });
  document.addEventListener("pointerup", () => {
    const span = dragged !== null && selection.anchor === selection.focus && spanAt(spans, selection.focus);
    dragged = null;
    if (span) select({ anchor: span[0], focus: span[1] });
  });

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[type=button]");
    if (!button) return;
    if (button.dataset.slot) label(button.dataset.slot);
    else if (button.dataset.role) role(button.dataset.role);
    else if (button.dataset.act === "clear") clear();
    else if (button.dataset.act === "undo") undo();
  });
  intents.forEach((radio) => radio.addEventListener("change", () => choose(radio)));
  form.addEventListener("submit", () => form.setAttribute("aria-busy", "true"));

  // Keys work while the focus is anywhere in the form, so that they are in nobody's way elsewhere.
  form.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (act(event)) event.preventDefault();
  });
  function act(event) {
    const { key, code, shiftKey, target } = event;
    const digit = /^Digit(\d)$/.exec(code)?.[1];
    if (digit) return choose(intents[(Number(digit) + 9) % 10 + (shiftKey ? 10 : 0)]), true;
    if (/^(Arrow|Home|End)/.test(key)) {
      if (target !== list) return false;
      return select(moved(selection, key, words.length, shiftKey)), true;
    }
    if (key === "Enter") return target.closest("button, a, summary") ? false : (form.requestSubmit(form.querySelector("#confirm")), true);
    if (key === "?") return toggle(document.querySelector("#guide")), true;
    if (key === "Escape") return select({ anchor: selection.focus, focus: selection.focus }), true;
    if (key === "Delete" || key === "Backspace") return clear(), true;
    if (key === "-") return role("drop"), true;
    if (key === "+" || key === "=") return role("add"), true;
    const low = key.toLowerCase();
    if (low === "s") return form.querySelector("#skip")?.click(), true;
    if (low === "u") return undo(), true;
    const slot = slots.get(low);
    return slot ? (label(slot.dataset.slot), true) : false;
  }
  function toggle(guide) {
    guide.open = !guide.open;
    if (guide.open) guide.scrollIntoView({ block: "nearest" });
  }

  draw();
  list.focus({ preventScroll: true });
}
