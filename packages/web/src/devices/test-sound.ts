const NOTES_HZ = [523.25, 659.25, 783.99];
const NOTE_S = 0.22;

/** Plays three soft notes on the speaker chosen (where the browser can choose) and resolves when they have faded. */
export async function playTestSound(speakerId: string | undefined): Promise<void> {
  const context = new AudioContext();
  const output = context.createMediaStreamDestination();
  const element = new Audio();
  element.srcObject = output.stream;
  try {
    if (speakerId && canChooseSpeaker()) await element.setSinkId(speakerId).catch(() => {});
    await context.resume();
    await element.play();
    for (const [ix, hz] of NOTES_HZ.entries())
      scheduleNote(context, output, hz, context.currentTime + 0.05 + ix * NOTE_S);
    await new Promise((resolve) => setTimeout(resolve, (NOTES_HZ.length * NOTE_S + 0.5) * 1000));
  } finally {
    element.srcObject = null;
    await context.close();
  }
}

function scheduleNote(context: AudioContext, output: AudioNode, hz: number, at: number): void {
  const tone = context.createOscillator();
  const gain = context.createGain();
  tone.frequency.value = hz;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(0.25, at + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.001, at + NOTE_S * 2);
  tone.connect(gain).connect(output);
  tone.start(at);
  tone.stop(at + NOTE_S * 2);
}

/** Whether this browser lets a page choose where sound comes out. */
export function canChooseSpeaker(): boolean {
  return 'setSinkId' in HTMLMediaElement.prototype;
}
