// Whether Quad may write unasked (a freed seat): a switch for students who are signed in.
import { make } from "./elements.js";
import { strings } from "./locale.js";

export function createNotesSwitch({ authorize, onProblem }) {
  const button = make("button", { type: "button", class: "tool", "aria-pressed": "false", hidden: true, title: strings.notes, text: strings.notesShort });

  async function ask(method = "GET", body = undefined) {
    const headers = { Authorization: `Bearer ${await authorize()}`, "Content-Type": "application/json" };
    const response = await fetch("/notes", { method, headers, body: body && JSON.stringify(body) });
    if (!response.ok) throw new Error(`notes: ${response.status}`);
    return (await response.json()).wanted;
  }

  const show = (wanted) => button.setAttribute("aria-pressed", String(wanted));

  button.addEventListener("click", async () => {
    button.disabled = true; // a second click waits for the first
    try {
      show(await ask("PUT", { wanted: button.getAttribute("aria-pressed") !== "true" }));
    } catch {
      onProblem(strings.notesFailed);
    } finally {
      button.disabled = false;
    }
  });

  return {
    control: button,
    // For whoever speaks now; a visitor has nothing to be told.
    async offer(signedIn) {
      button.hidden = true;
      if (!signedIn) return;
      try {
        show(await ask());
        button.hidden = false;
      } catch {
        // no switch, rather than one that does nothing
      }
    },
  };
}
