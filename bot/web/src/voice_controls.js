// The controls of the voice: push to talk, read aloud, and whose voice. What they do is voice.js's.
import { icon, make } from "./elements.js";
import { locale, strings } from "./locale.js";

const ENGINE = "quad-voice";
const ENGINES = ["server", "browser"];

function kept() {
  try {
    const engine = localStorage.getItem(ENGINE);
    return ENGINES.includes(engine) ? engine : "server";
  } catch {
    return "server";
  }
}

// `onText(text)` gets what was said, to be looked at before it is sent.
export function createVoiceControls({ createVoice, siteUrl, authorize, onText, onProblem }) {
  let voice = made(kept());
  let listening = false;

  function made(engine) {
    return createVoice({ siteUrl, authorize, locale, engine });
  }

  const talkWord = make("span", { text: strings.speak });
  const talk = make("button", { type: "button", id: "speak", class: "tool", "aria-pressed": "false" }, icon("speak"), talkWord);
  const aloud = make("button", { type: "button", id: "read-aloud", class: "tool", "aria-pressed": "false", text: strings.readAloud });
  const choice = make("select", { "aria-label": strings.voiceEngine }, ...ENGINES.map((engine) =>
    make("option", { value: engine, text: engine === "server" ? strings.voiceServer : strings.voiceBrowser })));
  choice.value = kept();

  function show(on) {
    listening = on;
    talk.setAttribute("aria-pressed", String(on));
    talkWord.textContent = on ? strings.stopSpeaking : strings.speak;
  }

  talk.addEventListener("click", async () => {
    try {
      if (!listening) {
        voice.silence(); // it would hear itself
        await voice.start();
        show(true);
      } else {
        show(false);
        const text = await voice.stop();
        if (text) onText(text);
      }
    } catch {
      show(false);
      onProblem(strings.voiceFailed);
    }
  });
  aloud.addEventListener("click", () => {
    const on = aloud.getAttribute("aria-pressed") !== "true";
    aloud.setAttribute("aria-pressed", String(on));
    if (!on) voice.silence();
  });
  choice.addEventListener("change", () => {
    voice.cancel();
    voice.silence();
    show(false);
    voice = made(choice.value);
    talk.hidden = !voice.supported;
    try {
      localStorage.setItem(ENGINE, choice.value);
    } catch {
      // for this visit
    }
  });
  talk.hidden = !voice.supported;

  return {
    control: make("span", { class: "voice" }, talk, aloud, choice),
    // A reply came.
    read(text) {
      if (text && aloud.getAttribute("aria-pressed") === "true") Promise.resolve(voice.speak(text)).catch(() => onProblem(strings.voiceFailed));
    },
  };
}
