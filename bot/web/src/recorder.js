// The microphone's samples as a WAV of one channel with 16 bits at 16 kHz.
//
// A ScriptProcessor needs no file of its own, which pages of other sites with a strict policy
// would not let us load; it is old, and every browser has it.
const RATE = 16_000;
const LONGEST = 29.5; // seconds; more is not kept

/** Start recording; rejects as getUserMedia does. `onLevel(0..1)` about ten times a second. */
export async function createRecorder(onLevel) {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true },
  });
  const context = new AudioContext();
  await context.resume();
  const source = context.createMediaStreamSource(stream);
  const node = context.createScriptProcessor(4096, 1, 1);
  const pieces = [];
  let kept = 0;
  node.onaudioprocess = ({ inputBuffer }) => {
    const samples = inputBuffer.getChannelData(0).slice();
    if (kept < LONGEST * context.sampleRate) {
      pieces.push(samples);
      kept += samples.length;
    }
    onLevel?.(Math.min(1, 4 * Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length)));
  };
  source.connect(node);
  node.connect(context.destination); // without a listener it does not run; its output is silence

  function close() {
    node.onaudioprocess = null;
    node.disconnect();
    source.disconnect();
    for (const track of stream.getTracks()) track.stop();
  }

  return {
    /** The recording so far; the microphone is closed. */
    async finish() {
      close();
      const rate = context.sampleRate;
      await context.close();
      return toWav(await resampled(pieces, kept, rate));
    },
    cancel() {
      close();
      context.close();
    },
  };
}

/** The browser's own resampler: it filters before it drops samples. */
async function resampled(pieces, length, rate) {
  if (!length) return new Float32Array(0);
  const offline = new OfflineAudioContext(1, Math.ceil((length * RATE) / rate), RATE);
  const buffer = offline.createBuffer(1, length, rate);
  let at = 0;
  for (const piece of pieces) {
    buffer.copyToChannel(piece, 0, at);
    at += piece.length;
  }
  const source = offline.createBufferSource();
  source.buffer = buffer;
  source.connect(offline.destination);
  source.start();
  return (await offline.startRendering()).getChannelData(0);
}

/** RIFF, PCM, one channel, 16 bits. */
export function toWav(samples) {
  const view = new DataView(new ArrayBuffer(44 + samples.length * 2));
  const text = (at, letters) => [...letters].forEach((c, i) => view.setUint8(at + i, c.charCodeAt(0)));
  text(0, "RIFF");
  view.setUint32(4, 36 + samples.length * 2, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, "data");
  view.setUint32(40, samples.length * 2, true);
  samples.forEach((x, i) => view.setInt16(44 + i * 2, Math.max(-1, Math.min(1, x)) * 32767, true));
  return new Blob([view], { type: "audio/wav" });
}
