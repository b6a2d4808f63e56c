// The loader: `<script src="https://quad/widget.js" data-server data-locale data-position async>` on
// any page puts a launcher and a panel there. The panel is a frame of Quad's own origin; page and
// frame tell each other only whether it is open and how much is unread (see host.js).
//
// Nothing here needs 'unsafe-inline' of the page's policy: styles are constructed, words are text.
import styles from "./launcher.shadow.css";
import tables from "./strings/launcher.json";

const OPENED = "quad-widget-opened"; // this visitor has opened it: unread counts are wanted
const SVG = "http://www.w3.org/2000/svg";
const script = document.currentScript;

function optionsOf({ dataset, src }) {
  const locale = /^es\b/i.test(dataset.locale ?? "") ? "es" : "en";
  return {
    server: new URL(dataset.server || src, location.href).origin,
    locale,
    side: dataset.position === "left" ? "left" : "right",
    words: tables[locale],
  };
}

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function icon(shape) {
  const drawing = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  path.setAttribute("d", shape);
  drawing.append(path);
  return drawing;
}

// Remembered for this visit, where the page may remember anything.
const memory = {
  read() { try { return sessionStorage.getItem(OPENED); } catch { return null; } },
  write() { try { sessionStorage.setItem(OPENED, "1"); } catch { /* then not */ } },
};

function createWidget({ server, locale, side, words }) {
  const badge = make("span", { class: "badge", "aria-hidden": "true", hidden: "" });
  const launcher = make(
    "button",
    { type: "button", class: "launcher", "aria-expanded": "false", "aria-controls": "panel" },
    icon("M4 5h16v11H9l-5 4Z"),
    badge,
  );
  const panel = make("div", { id: "panel", class: "panel", hidden: "" });
  const place = make("div", { id: "quad-widget", lang: locale });
  const root = place.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets = [sheet];
  root.append(make("div", { class: `corner ${side}` }, launcher, panel));

  let frame = null;
  let ready = false;
  let open = false;
  let unread = 0;

  function load() {
    if (frame) return;
    const query = new URLSearchParams({ locale, host: location.origin });
    frame = make("iframe", {
      src: `${server}/widget?${query}`,
      title: words.panel,
      allow: "microphone; clipboard-write",
    });
    panel.append(frame);
  }

  const tell = (type) => ready && frame.contentWindow.postMessage({ type }, server);

  function name() {
    const count = unread ? ` (${unread} ${words.unread})` : "";
    launcher.setAttribute("aria-label", open ? words.close : words.open + count);
    launcher.setAttribute("aria-expanded", String(open));
    badge.dataset.count = unread > 9 ? "9+" : unread; // drawn, not text: the name says it
    badge.hidden = !unread || open;
  }

  function show() {
    open = true;
    memory.write();
    load();
    panel.hidden = false;
    unread = 0;
    name();
    frame.focus();
    tell("quad-open");
  }

  function hide() {
    if (!open) return;
    open = false;
    panel.hidden = true;
    name();
    tell("quad-closed");
    launcher.focus();
  }

  addEventListener("message", ({ origin, source, data }) => {
    if (!frame || origin !== server || source !== frame.contentWindow) return;
    if (data?.type === "quad-ready") {
      ready = true;
      tell(open ? "quad-open" : "quad-closed");
    }
    if (data?.type === "quad-close") hide();
    if (data?.type === "quad-unread" && Number.isInteger(data.count)) {
      unread = data.count;
      name();
    }
  });
  launcher.addEventListener("click", () => (open ? hide() : show()));
  root.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  name();
  document.body.append(place);
  if (memory.read()) load();
  return { open: show, close: hide };
}

function begin() {
  if (window.QuadWidget) return; // the page includes it more than once
  window.QuadWidget = createWidget(optionsOf(script));
}

if (document.body) begin();
else addEventListener("DOMContentLoaded", begin);
