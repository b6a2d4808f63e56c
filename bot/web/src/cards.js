// Course cards: what `custom.cards` of a reply holds, in place of its text.
import { make, icon } from "./elements.js";
import { strings } from "./locale.js";
import { link, rendered } from "./markup.js";

const known = (card) => card && typeof card === "object" && (card.code || card.title);

// The cards of a reply that can be shown; none for a reply of text alone.
export function cardsOf(message) {
  const cards = message.custom?.cards;
  return Array.isArray(cards) ? cards.filter(known) : [];
}

export function cardList(cards, say) {
  return make("ul", { class: "cards" }, ...cards.map((card) => make("li", {}, cardOf(card, say))));
}

function cardOf(card, say) {
  const kind = card.kind === "enrollment" ? "enrollment" : "course";
  return make(
    "article",
    { class: `card ${kind}` },
    make(
      "header",
      {},
      make("p", { class: "kind", text: strings[kind] }),
      make("h2", {}, make("span", { class: "code", text: `${Number.isInteger(card.number) ? `${card.number}. ` : ""}${card.code ?? ""}` }), ` ${card.title ?? ""}`),
      card.units ? make("p", { class: "units", text: unitsOf(card.units) }) : null,
    ),
    linesOf(card.lines),
    make("footer", {}, ...actionsOf(card.actions, say), officialPage(card)),
  );
}

const unitsOf = (units) => (/[a-z]/i.test(String(units)) ? String(units) : `${units} ${strings.units}`);

function linesOf(lines) {
  if (!Array.isArray(lines) || !lines.length) return null;
  const block = make("div", { class: "lines" });
  for (const line of lines) block.append(rendered(line));
  return block;
}

function actionsOf(actions, say) {
  if (!Array.isArray(actions)) return [];
  return actions.filter((action) => action?.title).map(({ title, say: said }) => {
    const button = make("button", { type: "button", class: "action", text: String(title) });
    button.addEventListener("click", () => {
      button.disabled = true;
      say(String(said ?? title));
    });
    return button;
  });
}

function officialPage(card) {
  const page = link(card.link, strings.details, { class: "official", "aria-label": `${strings.details}: ${card.code ?? card.title}, ${strings.newTab}` });
  page?.append(icon("link"));
  return page;
}
