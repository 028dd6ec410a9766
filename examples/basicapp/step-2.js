// Step 2: which camera, which microphone. List them, and change from one to another without reloading the page.
import { happened, openPage, put } from './shared/page.js';
import { text } from './text/step-2.js';

openPage({ text, files: ['step-2.js'], needsCamera: true });

const byId = (id) => document.getElementById(id);
/** The two kinds of device that give us something, what their tracks are called, and where they are chosen. */
const INPUTS = [
  { kind: 'videoinput', media: 'video', select: byId('cameras') },
  { kind: 'audioinput', media: 'audio', select: byId('microphones') },
];
/** One stream for as long as the page is open; tracks come and go in it. */
const stream = new MediaStream();
const trackOf = (media) => stream.getTracks().find((track) => track.kind === media);

async function start() {
  for (const { media } of INPUTS) await take(media, true);
  byId('picture').srcObject = stream;
  // Labels are empty until a device has been allowed: only now is the list worth reading.
  await list();
}

/** Takes a device into the stream: `constraints` are `true` for any, or name one. */
async function take(media, constraints) {
  const old = trackOf(media);
  const before = old?.getSettings().deviceId;
  // First off, then on: many phones can not run two cameras at a time.
  if (old) {
    old.stop();
    stream.removeTrack(old);
  }
  try {
    const [track] = (await navigator.mediaDevices.getUserMedia({ [media]: constraints })).getTracks();
    stream.addTrack(track);
    track.onended = () => happened('vanished', { label: track.label });
    if (media === 'audio') listen(track);
    happened('using', { label: track.label });
  } catch (error) {
    happened('failedEvent', { name: error.name }, error.message);
    put(byId('state'), 'failed', { name: error.name });
    // Back to the one that worked.
    if (before && constraints.deviceId?.exact !== before) await take(media, { deviceId: { exact: before } });
  }
}

async function list() {
  const devices = await navigator.mediaDevices.enumerateDevices();
  for (const { kind, media, select } of INPUTS) {
    const found = devices.filter((device) => device.kind === kind);
    select.replaceChildren(
      ...found.map(({ label, deviceId }, ix) => new Option(label || `${kind} ${ix + 1}`, deviceId)),
    );
    select.disabled = found.length === 0;
    const used = trackOf(media)?.getSettings().deviceId;
    if (used) select.value = used;
  }
  const count = (kind) => devices.filter((device) => device.kind === kind).length;
  const values = { cameras: count('videoinput'), microphones: count('audioinput') };
  put(byId('state'), 'found', values);
  happened('listed', values, devices.map(({ kind, label }) => `${kind}: ${label || '?'}`).join('\n'));
}

async function change({ media, select }) {
  const { value } = select;
  happened('chosen', { label: select.selectedOptions[0].label });
  // "exact": without it the browser may give us any other device and call it a success.
  await take(media, { deviceId: { exact: value } });
  await list();
}

// ---- How loud the microphone is ------------------------------------------------------------------------------------

let context;
let analyser;
let sound;

/** Leads the track into an analyser, which gives the wave of the last moment. */
function listen(track) {
  sound?.disconnect();
  // Not before somebody has pressed a button: a browser keeps sound silent until then.
  context ??= new AudioContext();
  analyser ??= new AnalyserNode(context, { fftSize: 1024 });
  sound = context.createMediaStreamSource(new MediaStream([track]));
  sound.connect(analyser);
}

function measure() {
  if (analyser) {
    const wave = new Float32Array(analyser.fftSize);
    analyser.getFloatTimeDomainData(wave);
    byId('level').value = Math.max(...wave.map(Math.abs));
  }
  requestAnimationFrame(measure);
}
measure();

byId('start').onclick = start;
for (const input of INPUTS) input.select.onchange = () => change(input);
// Somebody plugs a camera in or pulls it out.
navigator.mediaDevices?.addEventListener('devicechange', () => {
  happened('changed');
  void list();
});
