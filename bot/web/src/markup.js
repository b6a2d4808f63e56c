// A message's text as nodes: paragraphs, lists, bold, code and links; nothing else has a meaning.
//
// deep-chat's own Markdown would turn `[x](javascript:…)` into a live link and `![x](…)` into a
// request, so no text of a message ever reaches it.
import { linkable } from "./addresses.js";
import { make } from "./elements.js";
import { strings } from "./locale.js";

const SPAN = /\*\*([^*\n]+)\*\*|`([^`\n]+)`|\[([^\]\n]+)\]\(([^)\s]+)\)|(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]])/g;
const ITEM = /^\s*[-•*]\s+(.*)$/;

export function rendered(text) {
  const fragment = document.createDocumentFragment();
  let list = null;
  let paragraph = null;
  for (const line of String(text).split(/\r?\n/)) {
    const item = ITEM.exec(line);
    if (item) {
      list ??= fragment.appendChild(make("ul"));
      list.append(make("li", {}, ...spans(item[1])));
      paragraph = null;
    } else if (!line.trim()) {
      list = paragraph = null;
    } else if (paragraph) {
      paragraph.append(make("br"), ...spans(line));
    } else {
      list = null;
      paragraph = fragment.appendChild(make("p", {}, ...spans(line)));
    }
  }
  return fragment;
}

function spans(line) {
  const nodes = [];
  let done = 0;
  for (const found of line.matchAll(SPAN)) {
    nodes.push(line.slice(done, found.index), span(found));
    done = found.index + found[0].length;
  }
  return [...nodes, line.slice(done)].filter((node) => node !== "");
}

function span([whole, strong, code, title, target, bare]) {
  if (strong) return make("strong", { text: strong });
  if (code) return make("code", { text: code });
  return link(target ?? bare, title ?? bare) ?? whole;
}

// A link to another page; null where the address may not be opened.
export function link(address, title, attributes = {}) {
  const href = linkable(address);
  if (!href) return null;
  return make("a", { href, target: "_blank", rel: "noopener noreferrer", title: strings.newTab, text: title, ...attributes });
}
