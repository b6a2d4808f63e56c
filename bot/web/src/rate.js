// Rating without the mouse: digits score the reply in focus, arrows move, Enter sends, u undoes.
// Keys act only while the focus is in the part that they are for. Without this script the page is
// a plain form. Scores that were not sent yet outlive a reload.
const rating = document.getElementById("rating");
const scores = document.getElementById("scores");
const groups = [...document.querySelectorAll("[data-candidate]")];
const DRAFT = "rating-draft";

const chosen = (group) => group.querySelector("input:checked");
const focusOn = (group, options) => (chosen(group) ?? group.querySelector("input")).focus(options);

function keepDraft() {
  const given = groups.map(chosen).filter(Boolean).map((input) => [input.name, input.value]);
  sessionStorage.setItem(DRAFT, JSON.stringify({ item: scores.dataset.item, given }));
}

function takeDraftUp() {
  const draft = JSON.parse(sessionStorage.getItem(DRAFT) ?? "null");
  if (draft?.item !== scores.dataset.item || groups.some(chosen)) {
    sessionStorage.removeItem(DRAFT); // it was sent, or belongs to another conversation
    return;
  }
  for (const [name, value] of draft.given) {
    const input = scores.querySelector(`input[name="${name}"][value="${value}"]`);
    if (input) input.checked = true;
  }
}

function score(group, digit) {
  const input = group.querySelector(`input[value="${digit}"]`);
  input.checked = true;
  input.focus();
  keepDraft();
}

function send() {
  const lacking = groups.find((group) => !chosen(group));
  if (!lacking) return scores.requestSubmit();
  const name = lacking.querySelector("legend").textContent;
  document.getElementById("lacking").textContent = `${name} has no score yet.`;
  focusOn(lacking);
}

function onScores(event, group) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (/^[1-5]$/.test(event.key)) score(group, event.key);
  else if (step) focusOn(groups[(groups.indexOf(group) + step + groups.length) % groups.length]);
  else if (event.key === "Enter") send();
  else return;
  event.preventDefault();
}

rating?.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const group = event.target.closest("[data-candidate]");
  if (group) onScores(event, group);
  const key = event.key.toLowerCase();
  if (event.repeat) return; // a key held down is one answer
  if (key === "u") document.getElementById("undo")?.requestSubmit();
  else document.querySelector(`#pair [data-key="${CSS.escape(key)}"]`)?.click();
});

if (scores) {
  scores.addEventListener("change", keepDraft);
  takeDraftUp();
  const first = groups.find((group) => group.classList.contains("faulty")) ?? groups[0];
  focusOn(first, { preventScroll: !first.classList.contains("faulty") });
} else {
  rating?.querySelector("button")?.focus({ preventScroll: true });
}
document.addEventListener("submit", (event) => event.target.setAttribute("aria-busy", "true"));
