const FRAMES_PER_SECOND = 20;

/** Bars that wander over coloured ground, enough for an encoder to have work. */
export function movingPicture({ width, height } = { width: 640, height: 360 }) {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d')!;
  let turn = 0;
  const draw = () => {
    turn += 1;
    for (let ix = 0; ix < 32; ix++) {
      context.fillStyle = `hsl(${(ix * 37 + turn * 3) % 360} 70% 50%)`;
      context.fillRect((ix * width) / 32, 0, width / 32, height);
    }
    context.fillStyle = '#fff';
    context.fillRect((turn * 11) % (width - 40), (turn * 7) % (height - 40), 40, 40);
  };
  draw();
  const [track] = canvas.captureStream(FRAMES_PER_SECOND).getVideoTracks();
  const timer = setInterval(draw, 1_000 / FRAMES_PER_SECOND);
  return {
    track: track!,
    stop() {
      clearInterval(timer);
      track!.stop();
    },
  };
}

/** A quiet tone. */
export function softTone() {
  const context = new AudioContext();
  const tone = new OscillatorNode(context, { frequency: 330 });
  const output = context.createMediaStreamDestination();
  tone.connect(new GainNode(context, { gain: 0.1 })).connect(output);
  tone.start();
  const [track] = output.stream.getAudioTracks();
  return {
    track: track!,
    stop() {
      tone.stop();
      track!.stop();
      context.close().catch(() => {});
    },
  };
}
