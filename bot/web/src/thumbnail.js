// A small drawing of a chosen picture: on a canvas, so that no address of it is needed.
import { make } from "./elements.js";

const SIDE = 40; // pixels

// Null for what the browser cannot read; the server judges for itself.
export async function thumbnail(file) {
  try {
    const picture = await createImageBitmap(file, { resizeHeight: SIDE, resizeQuality: "low" });
    const drawn = make("canvas", { class: "thumbnail", width: SIDE, height: SIDE, "aria-hidden": "true" });
    const side = Math.min(picture.width, picture.height);
    const [left, top] = [(picture.width - side) / 2, (picture.height - side) / 2];
    drawn.getContext("2d").drawImage(picture, left, top, side, side, 0, 0, SIDE, SIDE);
    picture.close();
    return drawn;
  } catch {
    return null;
  }
}
