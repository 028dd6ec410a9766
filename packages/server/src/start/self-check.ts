import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Listener } from '../http/index.js';

const PATIENCE_MS = 20_000;

/** Asks a listener for its own `/healthz`. Rejects when it does not answer 200. */
export function checkListener(listener: Listener, basePath: string): Promise<void> {
  const host = listener.address === '::' ? '::1' : listener.address === '0.0.0.0' ? '127.0.0.1' : listener.address;
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => reject(new Error(`${listener.scheme}://${host}:${listener.port} ${reason}`));
    const options = { host, port: listener.port, path: `${basePath}/healthz`, agent: false, timeout: PATIENCE_MS };
    // Which names the certificate is for is not the question here, only whether something answers behind it.
    const request =
      listener.scheme === 'https' ? httpsRequest({ ...options, rejectUnauthorized: false }) : httpRequest(options);
    request.once('response', (response) => {
      response.resume();
      if (response.statusCode === 200) resolve();
      else fail(`answers ${response.statusCode}`);
    });
    request.once('timeout', () => request.destroy(new Error('no answer in time')));
    request.once('error', (error) => fail(`does not answer: ${error.message}`));
    request.end();
  });
}
