// The frame's talk with the page around it: opened, closed, how many messages are unread.
//
// Which pages may put the frame on themselves is the content-security policy's matter; words to and
// from others than the parent, under the origin it gave, are ignored. No token goes this way.
const here = new URLSearchParams(location.search).get("host");
const parentOrigin = URL.canParse(here ?? "") ? new URL(here).origin : null;
const framed = window.parent !== window && parentOrigin !== null;

const tell = (message) => framed && window.parent.postMessage(message, parentOrigin);

export function createHost({ onOpen }) {
  let open = !framed;
  let unread = 0;
  let listener = null;

  function count(number) {
    unread = number;
    tell({ type: "quad-unread", count: unread });
    listener?.(unread);
  }

  const seen = () => open && !document.hidden;

  addEventListener("message", ({ origin, source, data }) => {
    if (!framed || source !== window.parent || origin !== parentOrigin) return;
    if (data?.type === "quad-open") {
      open = true;
      count(0);
      onOpen();
    }
    if (data?.type === "quad-closed") open = false;
  });
  document.addEventListener("visibilitychange", () => seen() && count(0));
  if (framed) {
    addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && tell({ type: "quad-close" }));
  }

  return {
    framed,
    ready: () => tell({ type: "quad-ready" }),
    close: () => tell({ type: "quad-close" }),
    arrived: () => !seen() && count(unread + 1),
    onUnread(heard) { listener = heard; },
  };
}
