// What the admin pages do beyond plain forms: check a text while it is written, look for progress.
import htmx from "htmx.org";

// A second click on a form that is on its way changes nothing: the server acts once a form.
document.addEventListener("submit", (event) => event.target.setAttribute("aria-busy", "true"));

// After an act on the tree the button is gone: the keyboard goes to the first field of the tree.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target.id !== "editor" || document.activeElement !== document.body) return;
  document.querySelector("#editor .adder input")?.focus({ preventScroll: true });
});

window.htmx = htmx;
