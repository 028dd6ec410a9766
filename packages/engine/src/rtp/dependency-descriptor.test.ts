import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BitReader } from './bit-reader.js';
import { DependencyDescriptor } from './dependency-descriptor.js';
import { MOST_REWRITE_BYTES, rewriteActiveTargets } from './dependency-rewrite.js';
import { type DependencyStructure, INDICATION } from './dependency-structure.js';

/** Bits as text, in the order of the syntax tables of RTP Payload Format For AV1 A.8.2. */
class Bits {
  text = '';

  f(count: number, value: number): this {
    if (count > 0) this.text += value.toString(2).padStart(count, '0');
    return this;
  }

  ns(limit: number, value: number): this {
    const width = Math.floor(Math.log2(limit)) + 1;
    const short = 2 ** width - limit;
    return value < short ? this.f(width - 1, value) : this.f(width, value + short);
  }

  bytes(): Uint8Array {
    const padded = this.text.padEnd(Math.ceil(this.text.length / 8) * 8, '0');
    return Uint8Array.from(padded.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
  }
}

interface Template {
  readonly s: number;
  readonly t: number;
  readonly dtis: string;
  readonly fdiffs: readonly number[];
  readonly chains: readonly number[];
}

interface Structure {
  readonly offset: number;
  readonly templates: readonly Template[];
  readonly protectedBy: readonly number[];
  readonly sizes?: readonly (readonly [number, number])[];
}

/** L1T3 of the specification's A.10: three temporal layers, one chain. */
const L1T3: Structure = {
  offset: 62,
  templates: [
    { s: 0, t: 0, dtis: 'SSS', fdiffs: [], chains: [0] },
    { s: 0, t: 0, dtis: 'SSS', fdiffs: [4], chains: [4] },
    { s: 0, t: 1, dtis: '-DS', fdiffs: [2], chains: [2] },
    { s: 0, t: 2, dtis: '--D', fdiffs: [1], chains: [1] },
    { s: 0, t: 2, dtis: '--D', fdiffs: [1], chains: [3] },
  ],
  protectedBy: [0, 0, 0],
  sizes: [[1280, 720]],
};

/** Two spatial layers with two temporal ones, two chains. */
const L2T2: Structure = {
  offset: 0,
  templates: [
    { s: 0, t: 0, dtis: 'SSSS', fdiffs: [], chains: [0, 0] },
    { s: 0, t: 0, dtis: 'SSRR', fdiffs: [4], chains: [4, 3] },
    { s: 0, t: 1, dtis: '-D-R', fdiffs: [2], chains: [2, 1] },
    { s: 1, t: 0, dtis: '--SS', fdiffs: [1], chains: [1, 1] },
    { s: 1, t: 0, dtis: '--SS', fdiffs: [4, 1], chains: [1, 1] },
    { s: 1, t: 1, dtis: '---D', fdiffs: [2, 1], chains: [3, 2] },
  ],
  protectedBy: [0, 0, 1, 1],
};

const DTI = '-DSR';

function putStructure(bits: Bits, { offset, templates, protectedBy, sizes }: Structure): void {
  const targets = protectedBy.length;
  bits.f(6, offset).f(5, targets - 1);
  templates.forEach(({ s, t }, ix) => {
    const next = templates[ix + 1];
    bits.f(2, next === undefined ? 3 : next.s > s ? 2 : next.t > t ? 1 : 0);
  });
  for (const { dtis } of templates) for (const dti of dtis) bits.f(2, DTI.indexOf(dti));
  for (const { fdiffs } of templates) {
    for (const fdiff of fdiffs) bits.f(1, 1).f(4, fdiff - 1);
    bits.f(1, 0);
  }
  const chains = templates[0]!.chains.length;
  bits.ns(targets + 1, chains);
  if (chains > 0) for (const chain of protectedBy) bits.ns(chains, chain);
  for (const template of templates) for (const fdiff of template.chains) bits.f(4, fdiff);
  bits.f(1, sizes ? 1 : 0);
  for (const [width, height] of sizes ?? []) bits.f(16, width - 1).f(16, height - 1);
}

interface Frame {
  readonly template: number;
  readonly frameNumber?: number;
  readonly structure?: Structure;
  readonly active?: number;
  readonly dtis?: string;
  readonly fdiffs?: readonly number[];
  readonly chains?: readonly number[];
}

/** A descriptor, with `of` the structure that it is read by. */
function descriptor(frame: Frame, of: Structure): Uint8Array {
  const { structure, active, dtis, fdiffs, chains } = frame;
  const bits = new Bits()
    .f(2, 3)
    .f(6, (frame.template + of.offset) % 64)
    .f(16, frame.frameNumber ?? 1);
  const optional = [structure, active, dtis, fdiffs, chains];
  if (optional.every((part) => part === undefined)) return bits.bytes();
  for (const part of optional) bits.f(1, part === undefined ? 0 : 1);
  if (structure) putStructure(bits, structure);
  if (active !== undefined) bits.f(of.protectedBy.length, active);
  for (const dti of dtis ?? '') bits.f(2, DTI.indexOf(dti));
  for (const fdiff of fdiffs ?? []) {
    const size = fdiff <= 16 ? 1 : fdiff <= 256 ? 2 : 3;
    bits.f(2, size).f(4 * size, fdiff - 1);
  }
  if (fdiffs) bits.f(2, 0);
  for (const chain of chains ?? []) bits.f(8, chain);
  return bits.bytes();
}

function read(bytes: Uint8Array, known: DependencyStructure | null = null): DependencyDescriptor | null {
  const slab = new Uint8Array(bytes.length + 10).fill(0xff);
  slab.set(bytes, 5);
  const found = new DependencyDescriptor();
  return found.read(slab, 5, bytes.length, known) ? found : null;
}

const structureOf = (structure: Structure) => read(descriptor({ template: 0, structure }, structure))!.structure!;

describe.each([
  [
    'L1T3',
    L1T3,
    [
      [0, 0],
      [0, 1],
      [0, 2],
    ],
  ],
  [
    'L2T2',
    L2T2,
    [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ],
  ],
] as const)('%s', (_name, given, targetLayers) => {
  test('its structure is read whole', () => {
    const found = read(descriptor({ template: 0, structure: given }, given))!;
    const structure = found.structure!;
    expect(found.bringsStructure).toBe(true);
    expect(found.activeTargets).toBe(2 ** given.protectedBy.length - 1);
    expect([structure.templates, structure.targets, structure.chains]).toEqual([
      given.templates.length,
      given.protectedBy.length,
      given.templates[0]!.chains.length,
    ]);
    given.templates.forEach(({ s, t, dtis, chains }, template) => {
      expect([structure.spatialId(template), structure.temporalId(template)]).toEqual([s, t]);
      expect([...dtis].map((_, target) => DTI[structure.indication(template, target)]).join('')).toBe(dtis);
      expect(chains.map((_, chain) => structure.chainDiff(template, chain))).toEqual(chains);
    });
    given.protectedBy.forEach((chain, target) => {
      expect(structure.protectedBy(target)).toBe(chain);
      expect([structure.targetSpatialId(target), structure.targetTemporalId(target)]).toEqual(targetLayers[target]);
    });
    expect([structure.width(0), structure.height(0)]).toEqual(given.sizes?.[0] ?? [0, 0]);
  });

  test('the packets that follow are read by it', () => {
    const structure = structureOf(given);
    given.templates.forEach(({ s, t, dtis, chains }, template) => {
      const bytes = descriptor({ template, frameNumber: 0xfffe }, given);
      expect(bytes).toHaveLength(3);
      const found = read(bytes, structure)!;
      expect(found).toMatchObject({ spatialId: s, temporalId: t, frameNumber16: 0xfffe, bringsStructure: false });
      expect(found.activeTargets).toBe(-1);
      expect([...dtis].map((_, target) => DTI[found.indication(target)]).join('')).toBe(dtis);
      expect(chains.map((_, chain) => found.chainDiff(chain))).toEqual(chains);
    });
  });
});

test('what a frame says of itself counts before its template', () => {
  const frame = { template: 2, active: 0b011, dtis: 'SR-', fdiffs: [1, 200, 4000], chains: [255] };
  const found = read(descriptor(frame, L1T3), structureOf(L1T3))!;
  expect(found.activeTargets).toBe(3);
  expect([0, 1, 2].map((target) => found.indication(target))).toEqual([
    INDICATION.SWITCH,
    INDICATION.REQUIRED,
    INDICATION.NOT_PRESENT,
  ]);
  expect(found.chainDiff(0)).toBe(255);
});

describe('what cannot be read', () => {
  test('anything without a structure, but for the frame number', () => {
    const found = new DependencyDescriptor();
    const bytes = descriptor({ template: 1, frameNumber: 77 }, L1T3);
    expect(found.read(bytes, 0, 3, null)).toBe(false);
    expect(found).toMatchObject({ beginsFrame: true, endsFrame: true, frameNumber16: 77, structure: null });
    const longer = descriptor({ template: 1, active: 1 }, L1T3);
    expect(found.read(longer, 0, longer.length, null)).toBe(false);
  });

  test('a template that is not there', () => {
    expect(read(descriptor({ template: 5 }, L1T3), structureOf(L1T3))).toBeNull();
    expect(read(descriptor({ template: 5, chains: [1] }, L1T3), structureOf(L1T3))).toBeNull();
  });

  test('every beginning of one', () => {
    const whole = descriptor({ template: 0, structure: L2T2, active: 5, chains: [1, 2] }, L2T2);
    for (let length = 0; length < whole.length; length++) expect(read(whole.slice(0, length))).toBeNull();
    expect(read(whole)).not.toBeNull();
  });

  test('more than four spatial layers, or templates without end', () => {
    const begun = () => new Bits().f(2, 3).f(6, 0).f(16, 1).f(5, 16).f(11, 0);
    const many = begun();
    many.text += `${'10'.repeat(4)}11`;
    expect(read(Uint8Array.from([...many.bytes(), ...new Uint8Array(60).fill(0x55)]))).toBeNull();
    const endless = begun();
    expect(read(Uint8Array.from([...endless.bytes(), ...new Uint8Array(60)]))).toBeNull();
  });
});

test('other active targets, and all the rest as it was', () => {
  const known = structureOf(L2T2);
  const frames = fc.record(
    {
      template: fc.integer({ min: 0, max: 5 }),
      structure: fc.constant(L2T2),
      active: fc.integer({ min: 0, max: 15 }),
      dtis: fc.constant('SR-D'),
      fdiffs: fc.array(fc.integer({ min: 1, max: 4096 }), { maxLength: 5 }),
      chains: fc.tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 255 })),
    },
    { requiredKeys: ['template'] },
  );
  fc.assert(
    fc.property(frames, fc.integer({ min: 0, max: 15 }), fc.nat({ max: 9 }), (frame, active, outAt) => {
      const bytes = descriptor(frame as Frame, L2T2);
      const found = new DependencyDescriptor();
      expect(found.read(bytes, 0, bytes.length, known)).toBe(true);
      const out = new Uint8Array(bytes.length + outAt + MOST_REWRITE_BYTES + 3).fill(0xff);
      const length = rewriteActiveTargets(bytes, 0, found, active, out, outAt);
      expect(length).toBeLessThanOrEqual(bytes.length + MOST_REWRITE_BYTES);
      expect(out.slice(outAt, outAt + length)).toEqual(descriptor({ ...(frame as Frame), active }, L2T2));
      expect(out[outAt + length]).toBe(0xff);
    }),
  );
});

test('numbers below a limit take the bits that they need', () => {
  for (let limit = 1; limit <= 33; limit++) {
    const bits = new Bits();
    for (let value = 0; value < limit; value++) bits.ns(limit, value);
    const bytes = bits.bytes();
    const reader = new BitReader();
    reader.begin(bytes, 0, bytes.length);
    for (let value = 0; value < limit; value++) expect(reader.below(limit)).toBe(value);
    expect(reader.position).toBe(bits.text.length);
  }
});
