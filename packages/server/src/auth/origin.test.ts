import { describe, expect, it } from 'vitest';
import type { Caller } from './client-address.js';
import { judgeOrigin, type OriginVerdict } from './origin.js';

const own: Caller = { address: '1.2.3.4', protocol: 'https', host: 'meet.example' };

describe('the origin of a request', () => {
  const rows: [name: string, headers: Record<string, string>, allow: string[], verdict: OriginVerdict][] = [
    ['is nobody’s page without the header', {}, [], 'none'],
    ['is nobody’s page on a same-origin fetch', { 'sec-fetch-site': 'same-origin' }, [], 'none'],
    ['is nobody’s page on a typed address', { 'sec-fetch-site': 'none' }, [], 'none'],
    ['is refused when only Sec-Fetch-Site tells', { 'sec-fetch-site': 'cross-site' }, [], 'refused'],
    ['is refused for a sibling that sends no Origin', { 'sec-fetch-site': 'same-site' }, ['*'], 'refused'],
    ['is our own', { origin: 'https://meet.example' }, [], 'own'],
    ['is our own with the default port written out', { origin: 'https://meet.example:443' }, [], 'own'],
    ['is our own in capitals', { origin: 'HTTPS://Meet.Example' }, [], 'own'],
    ['is refused on another scheme', { origin: 'http://meet.example' }, [], 'refused'],
    ['is refused on another port', { origin: 'https://meet.example:8443' }, [], 'refused'],
    ['is refused on another host', { origin: 'https://evil.example' }, [], 'refused'],
    ['is refused when ours is only a prefix', { origin: 'https://meet.example.evil.example' }, [], 'refused'],
    ['is refused when ours is only a suffix', { origin: 'https://not-meet.example' }, [], 'refused'],
    ['is refused with a user before the host', { origin: 'https://meet.example@evil.example' }, [], 'refused'],
    ['is refused when null', { origin: 'null' }, [], 'refused'],
    ['is refused when null, even if any is allowed', { origin: 'null' }, ['*', 'null'], 'refused'],
    ['is refused when empty', { origin: '' }, ['*'], 'refused'],
    ['is refused when it is no origin', { origin: 'https://meet.example/path' }, ['*'], 'refused'],
    ['is allowed when listed', { origin: 'https://app.example' }, ['https://app.example'], 'allowed'],
    ['is allowed when listed with its port', { origin: 'http://localhost:5173' }, ['http://localhost:5173'], 'allowed'],
    ['is refused when only its neighbour is listed', { origin: 'https://b.example' }, ['https://a.example'], 'refused'],
    ['is allowed when any is', { origin: 'https://b.example' }, ['*'], 'allowed'],
  ];
  it.each(rows)('%s', (_name, headers, allow, verdict) => {
    expect(judgeOrigin(headers, own, allow)).toBe(verdict);
  });
});
