import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** A base address such as `https://192.0.2.1:8443/calls`, asked for its `/healthz`. Rejects when that is not answered by 200. */
export function askHealth(url: string, patienceMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => reject(new Error(`${url} ${reason}`));
    const options = { agent: false, timeout: patienceMs };
    const target = `${url}/healthz`;
    // Which names the certificate is for is not the question here, only whether something answers behind it.
    const request = url.startsWith('https:')
      ? httpsRequest(target, { ...options, rejectUnauthorized: false })
      : httpRequest(target, options);
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
