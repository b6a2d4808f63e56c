// The controls of the voice: push to talk, read aloud, and whose voice. What they do is voice.js's.
import { icon, make } from "./elements.js";
import { locale, strings } from "./locale.js";
import { createVoice, pushToTalk } from "./voice.js";

const ENGINE = "quad-voice";
const ENGINES = { server: strings.voiceServer, browser: strings.voiceBrowser };

function chosen() {
  try {
    const engine = localStorage.getItem(ENGINE);
    return engine in ENGINES ? engine : "server";
  } catch {
    return "server";
  }
}

function choose(engine) {
  try {
    localStorage.setItem(ENGINE, engine);
  } catch {
    // for this visit
  }
}

// `onHeard(text)` gets what was said, to be looked at before it is sent; `onNote(words)` what to tell.
export function createVoiceControls({ authorize, onHeard, onNote }) {
  const talkWord = make("span", { text: strings.speak });
  const talk = make("button", { type: "button", id: "speak", class: "tool", "aria-pressed": "false" }, icon("speak"), talkWord);
  const aloud = make("button", { type: "button", id: "read-aloud", class: "tool", "aria-pressed": "false", text: strings.readAloud });
  const options = Object.entries(ENGINES).map(([value, text]) => make("option", { value, text }));
  const choice = make("select", { "aria-label": strings.voiceEngine, class: "tool" }, ...options);
  const aloudIsOn = () => aloud.getAttribute("aria-pressed") === "true";
  const failed = (error) => onNote(error.name === "VoiceError" ? error.message : strings.voiceFailed);
  let voice = null;
  let unbind = () => {};

  function use(engine) {
    unbind();
    voice?.silence();
    voice = createVoice({ siteUrl: "", authorize, locale, engine, onEnd: () => talk.dispatchEvent(new Event("pointerdown", { cancelable: true })) });
    talk.hidden = !voice.supported;
    unbind = pushToTalk(talk, voice, {
      heard: onHeard,
      failed,
      changed: (on) => { talkWord.textContent = on ? strings.stopSpeaking : strings.speak; },
    });
  }

  aloud.addEventListener("click", () => {
    aloud.setAttribute("aria-pressed", String(!aloudIsOn()));
    if (!aloudIsOn()) voice.silence();
  });
  choice.addEventListener("change", () => {
    choose(choice.value);
    use(choice.value);
    if (voice.notice) onNote(voice.notice);
  });
  choice.value = chosen();
  use(choice.value);

  return {
    controls: [talk, aloud, choice],
    // A reply came.
    read(text) {
      if (text && aloudIsOn()) voice.speak(text).catch(failed);
    },
  };
}
