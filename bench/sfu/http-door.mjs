// A server's WHIP (RFC 9725) and WHEP doors. A viewer of several publishers offers as many sections: which of the room's tracks
// stand in them is the server's choice.

export class HttpDoor {
  #url;
  #room;
  #token;

  /** `url` is the server's; `token` a bearer token, if it wants one. */
  constructor({ url, room, token = null }) {
    this.#url = url;
    this.#room = room;
    this.#token = token;
  }

  /** Publishes; resolves with the answer. */
  publish(publisher, offer) {
    return this.#post(`${this.#url}/whip/${this.#room}?name=publisher-${publisher}`, offer);
  }

  /** Sees as many publishers by one connection; `viewer` has `offer(many)` and `take(answer)`. */
  async view(publishers, viewer) {
    const answer = await this.#post(`${this.#url}/whep/${this.#room}`, viewer.offer(publishers.length));
    viewer.take(answer);
  }

  close() {}

  async #post(url, body) {
    const headers = { 'content-type': 'application/sdp' };
    if (this.#token !== null) headers.authorization = `Bearer ${this.#token}`;
    const reply = await fetch(url, { method: 'POST', headers, body });
    const text = await reply.text();
    if (reply.status !== 201) throw new Error(`POST ${url}: ${reply.status} ${text}`);
    return text;
  }
}
