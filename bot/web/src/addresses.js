// Which addresses of a message may be followed or shown; everything else is left out.
const LINKS = ["http:", "https:"];

function parsed(address) {
  if (typeof address !== "string" || !address) return null;
  try {
    return new URL(address, location.href);
  } catch {
    return null;
  }
}

// An address that may be opened: never javascript:, data: or anything that runs here.
export function linkable(address) {
  const url = parsed(address);
  return url && LINKS.includes(url.protocol) ? url.href : null;
}

// An address that may be shown as a picture: also a picture that is carried in the message.
export function showable(address) {
  const url = parsed(address);
  if (!url) return null;
  const carried = url.protocol === "data:" && /^data:image\/(png|jpeg|gif|webp);base64,/.test(url.href);
  return carried || LINKS.includes(url.protocol) ? url.href : null;
}
