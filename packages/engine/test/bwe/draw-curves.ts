import { writeFileSync } from 'node:fs';
import type { Sample } from './viewer-run.js';

const WIDTH = 720;
const PANEL = 150;
const GAP = 56;
const LEFT = 60;
const TOP = 66;
const QUEUE_MS = 1_000;
const EVERY = 5;
const COLORS = { line: '#c9ced6', estimate: '#1565c0', sent: '#2e7d32', queue: '#c62828' };

interface Curve {
  readonly title: string;
  readonly samples: readonly Sample[];
}

/** Writes an SVG with a panel for each run: what the line takes, the estimate, what is sent, and how long packets wait. */
export function drawCurves(path: string, curves: readonly Curve[]): void {
  const height = TOP + curves.length * (PANEL + GAP);
  const legend = [
    ['line', 'the line takes'],
    ['estimate', 'estimate'],
    ['sent', 'sent'],
    ['queue', `longest wait in the queue (right, to ${QUEUE_MS} ms)`],
  ] as const;
  const keys = legend.map(
    ([key, text], ix) =>
      `<rect x="${LEFT + ix * 130}" y="38" width="14" height="10" fill="${COLORS[key]}"/>` +
      `<text x="${LEFT + 19 + ix * 130}" y="47">${text}</text>`,
  );
  const panels = curves.map((curve, ix) => panel(curve, TOP + ix * (PANEL + GAP) + 22));
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH + LEFT + 60} ${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    `<text x="${LEFT}" y="24" font-size="16">What viewers are sent, over seeded lines in virtual time</text>`,
    ...keys,
    ...panels,
    '</svg>',
  ];
  writeFileSync(path, `${svg.join('\n')}\n`);
}

function panel({ title, samples: all }: Curve, top: number): string {
  // Two in a second are as many as can be told apart.
  const samples = all.filter((_, ix) => ix % EVERY === EVERY - 1);
  const seconds = samples.at(-1)!.atS;
  const most = 1.25 * Math.max(...samples.map(({ lineBps, estimateBps }) => Math.min(lineBps, 4 * estimateBps)));
  const x = (atS: number) => (LEFT + (atS / seconds) * WIDTH).toFixed(1);
  const y = (part: number) => (top + PANEL - Math.max(0, Math.min(1, part)) * PANEL).toFixed(1);
  const path = (of: (sample: Sample) => number) =>
    samples.map((sample) => `${x(sample.atS)},${y(of(sample))}`).join(' ');
  const curve = (color: string, of: (sample: Sample) => number, width = 1.5) =>
    `<polyline fill="none" stroke="${color}" stroke-width="${width}" points="${path(of)}"/>`;
  const area = `${x(0)},${y(0)} ${path(({ lineBps }) => lineBps / most)} ${x(seconds)},${y(0)}`;
  const ticks = [0, 0.5, 1].map(
    (part) => `<text x="${LEFT - 6}" y="${Number(y(part)) + 4}" text-anchor="end">${rate(part * most)}</text>`,
  );
  const times = Array.from({ length: seconds / 10 + 1 }, (_, ix) => ix * 10).map(
    (atS) => `<text x="${x(atS)}" y="${top + PANEL + 16}" text-anchor="middle">${atS} s</text>`,
  );
  return [
    `<text x="${LEFT}" y="${top - 6}" font-weight="bold">${title}</text>`,
    `<polygon fill="${COLORS.line}" opacity="0.6" points="${area}"/>`,
    curve(COLORS.queue, ({ queueMs }) => queueMs / QUEUE_MS, 1),
    curve(COLORS.sent, ({ sentBps }) => sentBps / most, 1),
    curve(COLORS.estimate, ({ estimateBps }) => estimateBps / most, 2),
    `<path d="M${LEFT},${top}V${top + PANEL}H${LEFT + WIDTH}" fill="none" stroke="#555555"/>`,
    ...ticks,
    ...times,
  ].join('\n');
}

function rate(bps: number): string {
  return bps >= 1_000_000 ? `${(bps / 1e6).toFixed(1)} M` : `${Math.round(bps / 1000)} k`;
}
