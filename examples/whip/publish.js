const byId = (id) => document.getElementById(id);
const say = (text) => {
  byId('state').textContent = text;
};
const authorization = () => (byId('token').value ? { Authorization: `Bearer ${byId('token').value}` } : {});

let connection;
let session;

byId('publish').addEventListener('click', () => {
  byId('publish').disabled = true;
  publish(byId('address').value).then(
    () => {
      byId('stop').disabled = false;
    },
    (error) => {
      say(error.message);
      byId('publish').disabled = false;
    },
  );
});

byId('stop').addEventListener('click', () => {
  byId('stop').disabled = true;
  connection.close();
  for (const track of byId('own').srcObject.getTracks()) track.stop();
  fetch(session, { method: 'DELETE', headers: authorization() })
    // Without a word to the server, the session ends there half a minute later.
    .then(
      () => say('Stopped.'),
      (error) => say(error.message),
    )
    .finally(() => {
      byId('publish').disabled = false;
    });
});

/** Sends camera and microphone to a room: one request, and the media flows. */
async function publish(address) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 1280, height: 720 } });
  byId('own').srcObject = stream;
  connection = new RTCPeerConnection();
  connection.addEventListener('connectionstatechange', () => say(`The connection is ${connection.connectionState}.`));
  for (const track of stream.getTracks()) {
    const isPicture = track.kind === 'video';
    // Three sizes of the picture, of which the server sends each viewer the one that fits.
    const sendEncodings = isPicture
      ? [{ rid: 'l', scaleResolutionDownBy: 4 }, { rid: 'm', scaleResolutionDownBy: 2 }, { rid: 'h' }]
      : [];
    connection.addTransceiver(track, { direction: 'sendonly', streams: [stream], ...(isPicture && { sendEncodings }) });
  }
  await connection.setLocalDescription();
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'Content-Type': 'application/sdp', ...authorization() },
    body: connection.localDescription.sdp,
  });
  if (response.status !== 201) {
    const problem = await response.json();
    throw new Error([problem.title, problem.detail].filter(Boolean).join(' '));
  }
  session = new URL(response.headers.get('Location'), address).href;
  await connection.setRemoteDescription({ type: 'answer', sdp: await response.text() });
}
