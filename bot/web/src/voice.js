// Push to talk and read aloud. The page brings the buttons; here is what they do.
//
// Engine "server": the microphone's samples become a 16 kHz WAV here and go to Quad's own site,
// which keeps nothing. Engine "browser": the Web Speech API; most browsers send the voice to
// their maker for that, therefore only a person's own choice turns it on.
import { createRecorder } from "./recorder.js";

const LONGEST = 30_000; // milliseconds; the server listens no longer
const STRINGS = {
  en: {
    refused: "I may not use the microphone. Please allow it in your browser's address bar, or type instead.",
    missing: "I find no microphone. Please connect one, or type instead.",
    nothing: "I did not catch that. Please hold the button while you speak, or type instead.",
    long: "That was too long for me. Please say it in shorter pieces.",
    busy: "Many people are speaking to me. Please try again in a moment.",
    failed: "Voice does not work right now. Please type instead.",
    vendor: "Your browser may send your voice to its maker to understand it.",
  },
  es: {
    refused: "No puedo usar el micrófono. Permítelo en la barra de direcciones del navegador o escribe.",
    missing: "No encuentro ningún micrófono. Conecta uno o escribe.",
    nothing: "No te he entendido. Mantén pulsado el botón mientras hablas o escribe.",
    long: "Ha sido demasiado largo. Dilo en partes más cortas.",
    busy: "Mucha gente me está hablando. Inténtalo de nuevo en un momento.",
    failed: "La voz no funciona ahora mismo. Escribe, por favor.",
    vendor: "Tu navegador puede enviar tu voz a su fabricante para entenderla.",
  },
};
const BY_PROBLEM = {
  "nothing-heard": "nothing",
  "not-audio": "nothing",
  "recording-too-long": "long",
  "recording-too-large": "long",
  "voice-busy": "busy",
};

/** What went wrong, in words for the person who spoke. */
export class VoiceError extends Error {
  constructor(kind, strings) {
    super(strings[kind]);
    this.name = "VoiceError";
    this.kind = kind;
  }
}

/**
 * The voice of a page. `onLevel(0..1)` is told how loud the microphone is; `onEnd()` that the
 * longest recording is over, so that the button shows it. Call stop() then, as after a release.
 */
export function createVoice({ siteUrl, authorize, locale = "en", engine = "server", onLevel, onEnd }) {
  const strings = STRINGS[locale.slice(0, 2)] ?? STRINGS.en;
  const Recognition = globalThis.SpeechRecognition ?? globalThis.webkitSpeechRecognition;
  const hasMicrophone = Boolean(globalThis.navigator?.mediaDevices?.getUserMedia);
  let current = null; // what listens now: { finish: () => Promise<text>, cancel }
  let starting = 0; // rises with each start and cancel, so that a late permission starts nothing
  let limit;
  let speaking; // the audio element or utterance that is being read

  const fail = (kind) => new VoiceError(kind, strings);

  async function call(path, body, type) {
    let response;
    try {
      const headers = { Authorization: `Bearer ${await authorize()}`, "Content-Type": type };
      response = await fetch(`${siteUrl}${path}`, { method: "POST", headers, body });
    } catch {
      throw fail("failed");
    }
    if (response.ok) return response;
    const problem = await response.json().catch(() => ({}));
    throw fail(BY_PROBLEM[String(problem.type).split("/").pop()] ?? "failed");
  }

  const calls = (path, data) => call(path, JSON.stringify(data), "application/json");

  async function byServer() {
    const recorder = await createRecorder(onLevel);
    return {
      async finish() {
        const wav = await recorder.finish();
        const response = await call("/voice/hear", wav, "audio/wav");
        return (await response.json()).text;
      },
      cancel: () => recorder.cancel(),
    };
  }

  function byBrowser() {
    const recognition = new Recognition();
    recognition.lang = locale;
    recognition.continuous = true;
    const said = [];
    const over = new Promise((resolve, reject) => {
      recognition.onresult = (event) => {
        for (let i = event.resultIndex; i < event.results.length; i++) {
          if (event.results[i].isFinal) said.push(event.results[i][0].transcript.trim());
        }
      };
      recognition.onerror = (event) =>
        reject(fail({ "not-allowed": "refused", "audio-capture": "missing", "no-speech": "nothing" }[event.error] ?? "failed"));
      recognition.onend = () => (said.length ? resolve(said.join(" ")) : reject(fail("nothing")));
    });
    over.catch(() => {}); // it is reported by finish()
    recognition.start();
    return {
      async finish() {
        recognition.stop();
        const text = await over;
        // Codes as they are typed; what was understood stands even when the site is away.
        return calls("/voice/written", { text }).then((response) => response.json()).then((body) => body.text, () => text);
      },
      cancel: () => recognition.abort(),
    };
  }

  function ended() {
    clearTimeout(limit);
    const was = current;
    current = null;
    onLevel?.(0);
    return was;
  }

  async function start() {
    if (current) return;
    silence();
    const turn = ++starting;
    let opened;
    try {
      opened = engine === "browser" ? byBrowser() : await byServer();
    } catch (error) {
      const kind = { NotAllowedError: "refused", SecurityError: "refused", NotFoundError: "missing" };
      throw fail(kind[error.name] ?? "failed");
    }
    if (turn !== starting) {
      opened.cancel(); // released or started again while the browser asked for permission
      return;
    }
    current = opened;
    limit = setTimeout(() => onEnd?.(), LONGEST - 500);
  }

  async function stop() {
    starting++;
    const was = ended();
    return was ? was.finish() : "";
  }

  function cancel() {
    starting++;
    ended()?.cancel();
  }

  /** Read a text aloud; resolves when it is over. The browser's voice serves where ours is missing. */
  async function speak(text) {
    silence();
    if (engine === "browser") return byVoiceOfBrowser(text);
    const mine = (speaking = { stop() {} });
    try {
      const response = await calls("/voice/say", { text: text.slice(0, 1000), locale });
      const wav = await response.blob();
      if (speaking === mine) await play(URL.createObjectURL(wav));
    } catch (error) {
      if (!globalThis.speechSynthesis) throw error instanceof VoiceError ? error : fail("failed");
      if (speaking === mine) await byVoiceOfBrowser(text);
    }
  }

  function play(url) {
    const audio = new Audio(url);
    return new Promise((resolve, reject) => {
      const over = () => {
        URL.revokeObjectURL(url);
        resolve();
      };
      speaking = {
        stop() {
          audio.pause();
          over();
        },
      };
      audio.onended = over;
      audio.onerror = () => reject(fail("failed"));
      audio.play().catch(reject);
    });
  }

  function byVoiceOfBrowser(text) {
    if (!globalThis.speechSynthesis) return Promise.reject(fail("failed"));
    return new Promise((resolve) => {
      const utterance = new SpeechSynthesisUtterance(text);
      utterance.lang = locale;
      utterance.onend = utterance.onerror = () => resolve();
      speaking = { stop: () => speechSynthesis.cancel() };
      speechSynthesis.speak(utterance);
    });
  }

  function silence() {
    const was = speaking;
    speaking = undefined;
    was?.stop();
  }

  return {
    supported: engine === "browser" ? Boolean(Recognition) : hasMicrophone && Boolean(globalThis.AudioContext),
    /** What a person should read before the browser's engine is used; "" for ours. */
    notice: engine === "browser" ? strings.vendor : "",
    start,
    stop,
    cancel,
    speak,
    silence,
  };
}

/**
 * A button that talks: hold it (pointer, space or enter) and let go, or tap it and tap again.
 * `heard(text)` and `failed(VoiceError)` are called after each turn. Returns what unbinds it.
 */
export function pushToTalk(button, voice, { heard, failed, changed = () => {} }) {
  const TAP = 350; // milliseconds; shorter is a tap, which toggles
  let since = 0;
  let on = false;
  let ready = Promise.resolve();

  function begin() {
    on = true;
    since = performance.now();
    button.setAttribute("aria-pressed", "true");
    changed(true);
    ready = voice.start();
    ready.catch((error) => {
      off();
      failed(error);
    });
  }

  function off() {
    on = false;
    button.setAttribute("aria-pressed", "false");
    changed(false);
  }

  async function finish() {
    off();
    try {
      await ready;
    } catch {
      return; // begin() has told it
    }
    try {
      const text = await voice.stop();
      if (text) heard(text);
    } catch (error) {
      failed(error);
    }
  }

  function down(event) {
    if (event.type === "keydown" && (event.repeat || ![" ", "Enter"].includes(event.key))) return;
    event.preventDefault();
    if (on) finish();
    else begin();
  }

  function up(event) {
    if (event.type === "keyup" && ![" ", "Enter"].includes(event.key)) return;
    if (on && performance.now() - since > TAP) finish();
  }

  const events = { pointerdown: down, keydown: down, pointerup: up, pointercancel: up, keyup: up };
  for (const [name, handler] of Object.entries(events)) button.addEventListener(name, handler);
  return () => {
    for (const [name, handler] of Object.entries(events)) button.removeEventListener(name, handler);
    if (on) {
      off();
      voice.cancel();
    }
  };
}
