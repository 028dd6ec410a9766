/** Lets one asynchronous piece of work through at a time, in the order of arrival. A failure does not stop the next. */
export class Turnstile {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => {});
    return result;
  }
}
