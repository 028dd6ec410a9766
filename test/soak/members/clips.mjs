/** Each is played over and over: it has to be long enough not to look still. */
const FRAMES = 40;
const FRAMES_PER_SECOND = 10;
const CAMERA = [
  { width: 160, height: 90, bitrate: 60_000 },
  { width: 320, height: 180, bitrate: 150_000 },
  { width: 640, height: 360, bitrate: 450_000 },
];
const SCREEN = { width: 640, height: 360, bitrate: 300_000 };

/** Lets a browser encode what light members send: a camera in three sizes, and a screen. Each a list of frames. */
export async function recordClips(page) {
  const camera = [];
  for (const size of CAMERA) camera.push(await record(page, size));
  return { camera, screen: await record(page, SCREEN) };
}

async function record(page, size) {
  const frames = await page.evaluate(encode, { ...size, count: FRAMES, framesPerSecond: FRAMES_PER_SECOND });
  return frames.map((text) => new Uint8Array(Buffer.from(text, 'base64')));
}

/** Runs in the page: one function that refers to nothing outside. */
async function encode({ width, height, bitrate, count, framesPerSecond }) {
  const frames = [];
  let failure = null;
  const encoder = new VideoEncoder({
    output: (chunk) => {
      const bytes = new Uint8Array(chunk.byteLength);
      chunk.copyTo(bytes);
      frames.push(btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')));
    },
    error: (error) => {
      failure = error;
    },
  });
  encoder.configure({ codec: 'vp8', width, height, bitrate, framerate: framesPerSecond, latencyMode: 'realtime' });
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  for (let nth = 0; nth < count; nth++) {
    context.fillStyle = `hsl(${(9 * nth) % 360} 60% 40%)`;
    context.fillRect(0, 0, width, height);
    context.fillStyle = 'white';
    context.fillRect((width * nth) / count, height / 3, width / 8, height / 3);
    const frame = new VideoFrame(canvas, { timestamp: (1e6 * nth) / framesPerSecond });
    encoder.encode(frame, { keyFrame: nth === 0 });
    frame.close();
  }
  await encoder.flush();
  if (failure !== null) throw failure;
  return frames;
}
