// What the admin pages do beyond plain forms: check a text while it is written, look for progress.
import htmx from "htmx.org";

// A second click on a form that is on its way changes nothing: the server acts once a form.
document.addEventListener("submit", (event) => event.target.setAttribute("aria-busy", "true"));

// After a part of the page was exchanged, the keyboard stays where it was, or goes to the part.
document.addEventListener("htmx:afterSwap", (event) => {
  if (document.activeElement && document.activeElement !== document.body) return;
  const part = document.getElementById(event.detail.target.id) ?? event.detail.target;
  const next = part.querySelector(".adder input") ?? part;
  if (!next.matches("input")) next.setAttribute("tabindex", "-1");
  next.focus({ preventScroll: true });
});

window.htmx = htmx;
