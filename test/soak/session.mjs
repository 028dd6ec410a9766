/** A session of WHIP or WHEP, as a client sees it. */
export class Session {
  answer;
  #at;

  constructor(at, answer) {
    this.#at = at;
    this.answer = answer;
  }

  /** Posts an offer: a session, or the status of the refusal. */
  static async open(url, offer) {
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/sdp' }, body: offer });
    const body = await response.text();
    return response.status === 201
      ? new Session(new URL(response.headers.get('location'), url), body)
      : { status: response.status, body };
  }

  /** Gives the status, and what came back of an ICE restart. */
  async restart(fragment) {
    return this.#patch(fragment, { 'content-type': 'application/trickle-ice-sdpfrag', 'if-match': '*' });
  }

  async wish(wishes) {
    return this.#patch(JSON.stringify(wishes), { 'content-type': 'application/merge-patch+json' });
  }

  /** Of one that is over it is no fault. */
  async end() {
    const response = await fetch(this.#at, { method: 'DELETE' });
    await response.arrayBuffer();
    return response.status;
  }

  async #patch(body, headers) {
    const response = await fetch(this.#at, { method: 'PATCH', headers, body });
    return { status: response.status, body: await response.text() };
  }
}
