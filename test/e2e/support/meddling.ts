/**
 * What goes wrong in a browser, done for real and from within: each runs in the page before its own scripts, so it is one
 * function that refers to nothing outside.
 */

/** What the other side says of its certificate is not true, as when somebody in the middle has exchanged it. */
export function exchangeFingerprints(): void {
  const { setRemoteDescription } = RTCPeerConnection.prototype;
  RTCPeerConnection.prototype.setRemoteDescription = function (description) {
    const sdp = description.sdp?.replace(
      /(a=fingerprint:sha-256 )(..)/g,
      (_line: string, name: string, byte: string) => `${name}${byte === '00' ? '01' : '00'}`,
    );
    return Reflect.apply(setRemoteDescription, this, [
      { ...description, ...(sdp === undefined ? {} : { sdp }) },
    ]) as Promise<void>;
  };
}

/** Descriptions arrive in a form that no browser takes. */
export function garbleDescriptions(): void {
  const { setRemoteDescription } = RTCPeerConnection.prototype;
  RTCPeerConnection.prototype.setRemoteDescription = function (description) {
    return Reflect.apply(setRemoteDescription, this, [
      { ...description, sdp: 'v=0\r\nthis is no description\r\n' },
    ]) as Promise<void>;
  };
}

/** This browser knows one video codec alone. */
export function knowOnly(codec: string): void {
  const known = RTCRtpReceiver.getCapabilities('video')?.codecs.filter(({ mimeType }) => mimeType === `video/${codec}`);
  const narrow = (connection: RTCPeerConnection): void => {
    for (const transceiver of connection.getTransceivers())
      if (transceiver.receiver.track.kind === 'video') transceiver.setCodecPreferences(known ?? []);
  };
  const { addTransceiver, setRemoteDescription } = RTCPeerConnection.prototype;
  RTCPeerConnection.prototype.addTransceiver = function (...args) {
    const transceiver = addTransceiver.apply(this, args);
    narrow(this);
    return transceiver;
  };
  RTCPeerConnection.prototype.setRemoteDescription = async function (description) {
    await Reflect.apply(setRemoteDescription, this, [description]);
    narrow(this);
  };
}

/** The camera gives pictures for so long and then none, without a word. */
export function stopPicturesAfter(ms: number): void {
  const devices = navigator.mediaDevices;
  const ask = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (constraints) => {
    const stream = await ask(constraints);
    const [camera] = stream.getVideoTracks();
    if (camera === undefined) return stream;
    // Not in TypeScript's library: W3C mediacapture-transform.
    const { MediaStreamTrackProcessor: Processor, MediaStreamTrackGenerator: Generator } = window as unknown as {
      MediaStreamTrackProcessor: new (init: { track: MediaStreamTrack }) => { readable: ReadableStream<VideoFrame> };
      MediaStreamTrackGenerator: new (init: {
        kind: string;
      }) => MediaStreamTrack & { writable: WritableStream<VideoFrame> };
    };
    const pictures = new Generator({ kind: 'video' });
    const lastMs = performance.now() + ms;
    const gate = new TransformStream<VideoFrame, VideoFrame>({
      transform(frame, onward) {
        if (performance.now() < lastMs) onward.enqueue(frame);
        else frame.close();
      },
    });
    void new Processor({ track: camera }).readable.pipeThrough(gate).pipeTo(pictures.writable);
    return new MediaStream([pictures]);
  };
}

/** Encoded frames get lost between encoder and line (`sender`), or between line and decoder (`receiver`). */
export function loseFrames(at: 'sender' | 'receiver'): void {
  const code = 'onrtctransform = ({ transformer }) => transformer.readable.pipeTo(new WritableStream())';
  const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
  const swallow = (connection: RTCPeerConnection): void => {
    for (const transceiver of connection.getTransceivers())
      transceiver[at].transform ??= new RTCRtpScriptTransform(worker);
  };
  const { addTransceiver, setRemoteDescription } = RTCPeerConnection.prototype;
  RTCPeerConnection.prototype.addTransceiver = function (...args) {
    const transceiver = addTransceiver.apply(this, args);
    swallow(this);
    return transceiver;
  };
  RTCPeerConnection.prototype.setRemoteDescription = async function (description) {
    await Reflect.apply(setRemoteDescription, this, [description]);
    swallow(this);
  };
}

/** What the page asks for is more than any camera has. */
export function askTooMuch(): void {
  const devices = navigator.mediaDevices;
  const ask = devices.getUserMedia.bind(devices);
  devices.getUserMedia = (constraints) =>
    ask(constraints?.video ? { ...constraints, video: { width: { exact: 99_999 } } } : constraints);
}

/** Goes into the room and opens the inspector without a gesture of a person; says on the console when `cause` is named. */
export function enterByScript(cause: string): void {
  const timer = setInterval(() => {
    const field = document.querySelector('input');
    const buttons = [...document.querySelectorAll('button')];
    const join = buttons.find(({ textContent }) => textContent?.trim() === 'Join without camera and microphone');
    if (field !== null && field.value === '') {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, 'Bo');
      field.dispatchEvent(new Event('input', { bubbles: true }));
    } else join?.click();
    const inspector = document.querySelector<HTMLElement>('button[aria-label="Inspector"]');
    if (document.querySelector('[data-step]') === null) inspector?.click();
    if (document.querySelector(`[data-cause="${cause}"]`) === null) return;
    clearInterval(timer);
    console.log(`${cause} is named`);
  }, 200);
}

/**
 * The browser says that it will ask before it gives devices. Then they are refused with the error that the page's
 * `sessionStorage` names at that moment, as `NAME: MESSAGE`; with none there, the browser answers itself.
 */
export function refuseDevices(): void {
  const devices = navigator.mediaDevices;
  // Not there on an insecure page.
  if (devices === undefined) return;
  const ask = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (constraints) => {
    const [name, message] = sessionStorage.getItem('refusal')?.split(': ') ?? [];
    if (name === undefined) return await ask(constraints);
    throw new DOMException(message, name);
  };
  const { query } = Permissions.prototype;
  Permissions.prototype.query = async function (descriptor) {
    const status = await query.call(this, descriptor);
    return Object.defineProperty(status, 'state', { value: 'prompt' });
  };
}
