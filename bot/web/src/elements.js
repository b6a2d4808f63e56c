// Builds elements. Words only ever become text, and only the attributes named by our own code are
// set, so that nothing in a message can become markup.
const SVG = "http://www.w3.org/2000/svg";

export function make(tag, { text, on, ...attributes } = {}, ...children) {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  for (const [event, listener] of Object.entries(on ?? {})) element.addEventListener(event, listener);
  element.append(...children.filter((child) => child != null));
  return element;
}

const SHAPES = {
  attach: ["M21 11.5 12.6 19.9a5.4 5.4 0 0 1-7.6-7.6l8.5-8.5a3.6 3.6 0 0 1 5.1 5.1l-8.4 8.4a1.8 1.8 0 0 1-2.6-2.6l7.8-7.7"],
  speak: ["M12 3a3 3 0 0 1 3 3v6a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3Z", "M5 11a7 7 0 0 0 14 0", "M12 18v3"],
  close: ["M6 6l12 12", "M18 6 6 18"],
  settings: ["M4 7h9", "M17 7h3", "M4 17h3", "M11 17h9", "M15 5v4", "M9 15v4"],
  send: ["M12 19V5", "M6 11l6-6 6 6"],
  calendar: ["M5 6h14v14H5Z", "M5 10h14", "M9 3v4", "M15 3v4"],
  file: ["M7 3h7l4 4v14H7Z", "M14 3v4h4"],
  link: ["M14 5h5v5", "M19 5l-8 8", "M17 14v5H5V7h5"],
};

// A line drawing beside or instead of a word; it says nothing to a screen reader.
export function icon(name) {
  const drawing = document.createElementNS(SVG, "svg");
  const attributes = { viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", "aria-hidden": "true" };
  for (const [key, value] of Object.entries(attributes)) drawing.setAttribute(key, value);
  drawing.classList.add("icon");
  for (const shape of SHAPES[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", shape);
    drawing.append(path);
  }
  return drawing;
}
