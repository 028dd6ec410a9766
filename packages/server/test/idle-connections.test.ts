import { Agent, type IncomingMessage, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { listen } from '../src/http/index.js';

const HEADERS_TIMEOUT_MS = 300;
/** Listeners look once a second for who takes too long. */
const IDLE_MS = 1_500;

test('a connection that rests between two requests is kept for longer than headers may take', async () => {
  const listener = await listen(
    { address: '127.0.0.1', port: 0, headersTimeoutMs: HEADERS_TIMEOUT_MS },
    {
      app: (_request, response) => response.end('ok'),
      doors: [],
      admits: () => true,
      log: pino({ level: 'silent' }),
    },
  );
  onTestFinished(() => listener.close());
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());

  const first = await answerOf(agent, listener.port);
  expect(first.headers['keep-alive']).toBe('timeout=75');
  await sleep(IDLE_MS);
  const second = await answerOf(agent, listener.port);
  expect([second.statusCode, second.from]).toEqual([200, first.from]);
});

/** `from`: the port that it was asked from. */
function answerOf(
  agent: Agent,
  port: number,
): Promise<Pick<IncomingMessage, 'statusCode' | 'headers'> & { from: number }> {
  return new Promise((resolve, reject) => {
    const sent = request({ agent, host: '127.0.0.1', port }, (response) => {
      const from = response.socket.localPort ?? 0;
      const { statusCode, headers } = response;
      response.resume().on('end', () => resolve({ statusCode, headers, from }));
    });
    sent.on('error', reject).end();
  });
}
