// Step 1: the camera. Ask for a picture of a certain quality, look at what came, and change it on its way.
import { happened, openPage, put } from './shared/page.js';
import { text } from './text/step-1.js';

openPage({ text, files: ['step-1.js'], needsCamera: true });

const byId = (id) => document.getElementById(id);
const video = byId('camera');
const canvas = byId('filtered');
const pen = canvas.getContext('2d');
/** The stream of the camera, while it is on. */
let stream;

/** The constraints: an "ideal" value is a wish, an "exact" one a condition that may fail. */
function constraints() {
  const [width, height] = byId('size').value.split('x').map(Number);
  const strength = byId('exact').checked ? 'exact' : 'ideal';
  return {
    width: { [strength]: width },
    height: { [strength]: height },
    frameRate: { [strength]: Number(byId('rate').value) },
    facingMode: { ideal: byId('facing').value },
  };
}

async function start() {
  try {
    happened('asked', {}, constraints());
    // The browser asks the person now, unless it knows the answer.
    stream = await navigator.mediaDevices.getUserMedia({ video: constraints(), audio: false });
    video.srcObject = stream;
    await video.play();
    showSettings();
    stream.getVideoTracks()[0].onended = stop;
  } catch (error) {
    showFailure(error);
  }
}

/** New constraints for the camera that is on: nobody is asked again. */
async function change() {
  if (!stream) return;
  try {
    happened('applied', {}, constraints());
    await stream.getVideoTracks()[0].applyConstraints(constraints());
    showSettings();
  } catch (error) {
    showFailure(error);
  }
}

/** Without this the camera's light stays on. */
function stop() {
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = undefined;
  video.srcObject = null;
  put(byId('got'), 'off');
  happened('stopped');
}

/** What we got, which may differ from what we asked for. */
function showSettings() {
  const { width, height, frameRate, deviceId: _private, ...rest } = stream.getVideoTracks()[0].getSettings();
  put(byId('got'), 'gotSettings', { width, height, frameRate: Math.round(frameRate) });
  happened('got', {}, { width, height, frameRate, facingMode: rest.facingMode });
}

function showFailure(error) {
  put(byId('got'), 'failed', { name: error.name });
  happened('failedEvent', { name: error.name }, error.constraint ? `constraint: ${error.constraint}` : error.message);
}

// ---- The filter ----------------------------------------------------------------------------------------------------

const FILTERS = {
  none: () => 'none',
  grey: (amount) => `grayscale(${amount}%)`,
  blur: (amount) => `blur(${amount / 10}px)`,
  brightness: (amount) => `brightness(${amount * 2}%)`,
};

/** Paints each picture of the camera once more, through the filter: this could be sent, with `canvas.captureStream()`. */
function paint() {
  if (video.videoWidth > 0) {
    if (canvas.width !== video.videoWidth) canvas.width = video.videoWidth;
    if (canvas.height !== video.videoHeight) canvas.height = video.videoHeight;
    const filter = FILTERS[byId('filter').value](Number(byId('amount').value));
    // Where a canvas can't filter (older Safari), CSS can: it changes what is seen here, and nothing that is sent.
    if ('filter' in pen) pen.filter = filter;
    else canvas.style.filter = filter;
    pen.drawImage(video, 0, 0);
  }
  requestAnimationFrame(paint);
}
paint();

byId('start').onclick = start;
byId('stop').onclick = stop;
for (const id of ['size', 'rate', 'facing', 'exact']) byId(id).onchange = change;
byId('filter').onchange = ({ target }) => happened('filterChanged', {}, target.value);
