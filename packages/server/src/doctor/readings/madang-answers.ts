import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

const PATIENCE_MS = 2_000;
const LONGEST_BODY = 1_024;

export interface Door {
  readonly scheme: 'http' | 'https';
  readonly address: string;
  readonly port: number;
  readonly basePath: string;
}

/** Whether what listens there answers `/healthz` as a Madang does, taking members or draining. */
export function madangAnswers({ scheme, address, port, basePath }: Door): Promise<boolean> {
  const host = address === '::' || address === '0.0.0.0' ? '127.0.0.1' : address;
  const options = { host, port, path: `${basePath}/healthz`, agent: false, timeout: PATIENCE_MS };
  return new Promise((resolve) => {
    // Who it is, not whether it is to be trusted, is the question.
    const request = scheme === 'https' ? httpsRequest({ ...options, rejectUnauthorized: false }) : httpRequest(options);
    request.once('response', (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text) => {
        body += text;
        if (body.length > LONGEST_BODY) request.destroy();
      });
      response.once('end', () => resolve(/^\{"status":"(?:ok|draining)"\}$/.test(body)));
      response.once('close', () => resolve(false));
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(false));
    request.once('close', () => resolve(false));
    request.end();
  });
}
