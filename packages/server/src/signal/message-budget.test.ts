import { describe, expect, it } from 'vitest';
import { type Admission, MessageBudget } from './message-budget.js';

/** Sends `count` messages `everyMs` apart from `fromMs` on and counts what became of them. */
function send(budget: MessageBudget, count: number, everyMs: number, fromMs = 0): Record<Admission['kind'], number> {
  const counts = { pass: 0, wait: 0, abuse: 0 };
  for (let ix = 0; ix < count; ix++) counts[budget.admit(fromMs + ix * everyMs).kind] += 1;
  return counts;
}

describe('a budget of 50 messages a second', () => {
  it('lets 200 pass at once, and says when the next would', () => {
    const budget = new MessageBudget(50, 0);
    expect(send(budget, 200, 0)).toEqual({ pass: 200, wait: 0, abuse: 0 });
    expect(budget.admit(0)).toEqual({ kind: 'wait', retryAfterMs: 20 });
    expect(budget.admit(19)).toEqual({ kind: 'wait', retryAfterMs: 1 });
    expect(budget.admit(20)).toEqual({ kind: 'pass' });
  });

  it('lets 50 a second pass for ever', () => {
    expect(send(new MessageBudget(50, 0), 50 * 600, 20)).toEqual({ pass: 30_000, wait: 0, abuse: 0 });
  });

  it('refuses what is too much at 90 a second, and never ends the connection', () => {
    const { pass, abuse } = send(new MessageBudget(50, 0), 90 * 60, 1000 / 90);
    expect(abuse).toBe(0);
    expect(pass).toBeGreaterThan(50 * 60);
    expect(pass).toBeLessThanOrEqual(50 * 60 + 200);
  });

  it('ends the connection of one that sends a thousand a second', () => {
    expect(send(new MessageBudget(50, 0), 1_000, 1).abuse).toBeGreaterThan(0);
    expect(send(new MessageBudget(50, 0), 400, 0).abuse).toBe(0);
    expect(send(new MessageBudget(50, 0), 401, 0).abuse).toBe(1);
  });

  it('is full again after four quiet seconds, and not fuller after an hour', () => {
    const budget = new MessageBudget(50, 0);
    send(budget, 250, 0);
    expect(send(budget, 201, 0, 4_000)).toMatchObject({ pass: 200, wait: 1 });
    expect(send(budget, 201, 0, 3_600_000)).toMatchObject({ pass: 200, wait: 1 });
  });

  it('gains nothing when the clock stands still or goes back', () => {
    const budget = new MessageBudget(50, 1_000);
    send(budget, 200, 0, 1_000);
    expect(budget.admit(500).kind).toBe('wait');
  });
});

it('a budget of 0 is without limit', () => {
  expect(send(new MessageBudget(0, 0), 100_000, 0)).toEqual({ pass: 100_000, wait: 0, abuse: 0 });
});

it('a budget below one a second still lets one pass', () => {
  const budget = new MessageBudget(0.1, 0);
  expect(budget.admit(0).kind).toBe('pass');
  expect(budget.admit(0)).toEqual({ kind: 'wait', retryAfterMs: 10_000 });
});
