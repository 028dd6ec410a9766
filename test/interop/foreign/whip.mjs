// WHIP and WHEP as a client speaks them: an offer is posted, the answer comes back, and the session is deleted at the end.

function permission() {
  const token = process.env.WHIP_TOKEN;
  return token ? { authorization: `Bearer ${token}` } : {};
}

/** Gives the answer, and the address of the session. */
export async function postOffer(url, sdp) {
  const headers = { 'content-type': 'application/sdp', ...permission() };
  const response = await fetch(url, { method: 'POST', headers, body: sdp });
  const body = await response.text();
  if (response.status !== 201) throw new Error(`${url} answered ${response.status}: ${body}`);
  return { answer: body, location: new URL(response.headers.get('location'), url).href };
}

export async function deleteSession(location) {
  await fetch(location, { method: 'DELETE', headers: permission() });
}

/** Resolves when the process is told to end, or after `seconds`. */
export async function untilToldToEnd(seconds) {
  await new Promise((resolve) => {
    const timer = setTimeout(resolve, seconds * 1_000);
    process.once('SIGTERM', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Resolves when `isDone` says so, or after `seconds`. */
export async function untilDone(isDone, seconds) {
  const end = performance.now() + seconds * 1_000;
  while (!isDone() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
}
