// Every word of the page's own that students read.
export const strings = {
  connected: "",
  offline: "Offline: reconnecting…",
  failed: "Quad can't be reached. Please reload the page.",
  signedOut: "Your sign-in has ended; you are a visitor again.",
  signedInAs: "Signed in as",
  visitor: "Not signed in: you can ask, but not enroll.",
  uploading: "Uploading…",
  attached: "is attached; now say which demo to run, such as “run day_night”.",
  uploadRefused: "That file could not be taken (10 MB at most).",
  hereIsMyPicture: "run day_night",
  picture: "Picture of what was asked for",
};
