import { readFileSync } from 'node:fs';
import {
  CLASSIC_REQUEST_NAMES,
  ERROR_CODES,
  ERRORS,
  EVENT_TYPES,
  EVENTS,
  IceServer,
  LIMITS,
  Member,
  PROTOCOL_VERSION,
  REQUEST_NAMES,
  REQUESTS,
  Room,
} from '@madang/protocol';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const page = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
const protocol = page('protocol.md');

/** Examples: fences such as ```json request join. */
const examples = [...protocol.matchAll(/```json (request|result|event) (\S+)\n([\s\S]*?)```/g)].map(
  ([, kind = '', name = '', text = '']) => ({ kind, name, value: JSON.parse(text) as unknown }),
);
const examplesOf = (kind: string) => examples.filter((example) => example.kind === kind);

/** The rows of the table below a heading row that begins with `first`, as cells. */
function table(text: string, first: string): string[][] {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${first} |`));
  if (start === -1) throw new Error(`no table begins with ${first}`);
  const end = lines.findIndex((line, ix) => ix > start && !line.startsWith('|'));
  return lines.slice(start + 2, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const code = (cell: string) => /`([^`]+)`/.exec(cell)?.[1] ?? '';
const codes = (cell: string) => [...cell.matchAll(/`([^`]+)`(\??)/g)].map(([, name, optional]) => `${name}${optional}`);

/** Fields of an object schema as the tables write them: `name`, or `name?` when optional. */
function fields(schema: z.ZodObject): string[] {
  return Object.entries(schema.shape)
    .filter(([name]) => name !== 'n' && name !== 'type')
    .map(([name, field]) => `${name}${(field as z.ZodType).safeParse(undefined).success ? '?' : ''}`);
}

describe('docs/protocol.md', () => {
  it('names the version of the code', () => {
    expect(protocol).toMatch(new RegExp(`^# .*version ${PROTOCOL_VERSION}$`, 'm'));
  });

  it('lists every request, with every field', () => {
    const rows = table(protocol, 'request');
    expect(rows.map((row) => code(row[0] ?? ''))).toEqual(REQUEST_NAMES);
    for (const row of rows) {
      const name = code(row[0] ?? '') as keyof typeof REQUESTS;
      expect(codes(row[1] ?? ''), name).toEqual(expect.arrayContaining(fields(REQUESTS[name])));
    }
  });

  it('lists every event, with every field', () => {
    const rows = table(protocol, 'type');
    expect(rows.map((row) => code(row[0] ?? ''))).toEqual(EVENT_TYPES);
    for (const row of rows) {
      const name = code(row[0] ?? '') as keyof typeof EVENTS;
      expect(codes(row[1] ?? ''), name).toEqual(expect.arrayContaining(fields(EVENTS[name])));
    }
  });

  it.each(REQUEST_NAMES)('shows %s by an example that the server takes', (name) => {
    const shown = examplesOf('request').filter((example) => example.name === name);
    expect(shown.length).toBeGreaterThan(0);
    for (const { value } of shown) expect(REQUESTS[name].safeParse(value).error).toBeUndefined();
  });

  it.each(EVENT_TYPES)('shows %s by an example of its schema', (name) => {
    const shown = examplesOf('event').filter((example) => example.name === name);
    expect(shown.length).toBeGreaterThan(0);
    for (const { value } of shown) expect(EVENTS[name].safeParse(value).error).toBeUndefined();
  });

  it('shows the whole state of a room', () => {
    const Joined = z.looseObject({
      ok: z.literal(true),
      room: Room.strict(),
      members: z.array(Member.strict()),
      iceServers: z.array(IceServer.strict()),
    });
    const result = examplesOf('result').find((example) => example.name === 'join')?.value;
    expect(Joined.safeParse(result).error).toBeUndefined();
    expect(Object.keys(result as object).sort()).toEqual(
      ['ok', 'protocol', 'self', 'room', 'members', 'chat', 'iceServers', 'iceServersTtlMs', 'resume', 'seq'].sort(),
    );
  });

  it('gives every limit its value', () => {
    const rows = table(protocol, 'limit').map((row) => [code(row[0] ?? ''), Number(row[1])]);
    expect(Object.fromEntries(rows)).toEqual(LIMITS);
  });

  it('names only codes of the catalogue', () => {
    const named = [...protocol.matchAll(/`([a-z]+_[a-z_]+)`/g)].map(([, name]) => name ?? '');
    const rooms = ['chat_room', 'signal_room', 'signaling_room', 'signaling_message'];
    for (const name of named.filter((one) => !rooms.includes(one))) expect(ERROR_CODES).toContain(name);
  });

  it('lists every event of the classic lesson', () => {
    expect(table(protocol, 'from the page').map((row) => code(row[0] ?? ''))).toEqual(CLASSIC_REQUEST_NAMES);
  });
});

describe('docs/errors.md', () => {
  it('is the catalogue, row by row', () => {
    const rows = table(page('errors.md'), 'code').map(([name = '', status, message, remedy]) => [
      code(name),
      { status: Number(status), message, remedy },
    ]);
    expect(Object.fromEntries(rows)).toEqual(ERRORS);
  });
});
