// Labelled spans as values: `[first word, last word, label]`, in order, never over one another.
// Every function takes spans and gives new ones; the page and its tests call them.

const ROLE_SLOTS = ["code", "title"];
const apart = (span, first, last) => span[1] < first || span[0] > last;
const sorted = (spans) => [...spans].sort((a, b) => a[0] - b[0]);

// The span that holds a word, or undefined.
export const spanAt = (spans, word) => spans.find((span) => !apart(span, word, word));

// The words from first to last become one span; whatever lay on any of them is gone.
export const put = (spans, first, last, label) =>
  sorted([...spans.filter((span) => apart(span, first, last)), [first, last, label]]);

// The words from first to last lose their labels, with the spans that lie on any of them.
export const remove = (spans, first, last) => spans.filter((span) => apart(span, first, last));

// Codes and titles on these words get a role of a swap, or lose it (null).
export const withRole = (spans, first, last, role) =>
  spans.map((span) => {
    const slot = span[2].split(":")[0];
    if (apart(span, first, last) || !ROLE_SLOTS.includes(slot)) return span;
    return [span[0], span[1], role ? `${slot}:${role}` : slot];
  });

// Only a swap has roles: they go when the intent becomes another one.
export const fitting = (spans, intent, words) =>
  intent === "swap" ? spans : withRole(spans, 0, words - 1, null);

// A selection `{anchor, focus}` after an arrow key; with `extend` its anchor stays.
export const moved = (selection, key, words, extend) => {
  const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1, Home: -words, End: words };
  const focus = Math.max(0, Math.min(words - 1, selection.focus + (steps[key] || 0)));
  return { anchor: extend ? selection.anchor : focus, focus };
};

// First and last word of a selection.
export const ends = ({ anchor, focus }) => [Math.min(anchor, focus), Math.max(anchor, focus)];
