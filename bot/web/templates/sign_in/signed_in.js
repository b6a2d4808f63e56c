// The last page of the pop-up: its code goes to the page of ours that opened it, and to no other.
const { code } = document.currentScript.dataset;
if (window.opener) {
  window.opener.postMessage({ type: "quad-signed-in", code }, location.origin);
  window.close();
}
