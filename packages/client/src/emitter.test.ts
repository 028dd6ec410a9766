import { expect, it, vi } from 'vitest';
import { Emitter } from './emitter.js';

class Bell extends Emitter<{ ring: [times: number] }> {
  ring(times: number): void {
    this.emit('ring', times);
  }
}

it('calls listeners in order, until they are taken off', () => {
  const bell = new Bell();
  const heard: string[] = [];
  const off = bell.on('ring', (times) => heard.push(`a${times}`));
  bell.on('ring', (times) => heard.push(`b${times}`));
  bell.ring(1);
  off();
  bell.ring(2);
  expect(heard).toEqual(['a1', 'b1', 'b2']);
});

it('lets the others hear when one listener throws, and shows the error', () => {
  const shown = vi.spyOn(console, 'error').mockImplementation(() => {});
  const bell = new Bell();
  const heard: number[] = [];
  bell.on('ring', () => {
    throw new Error('mine');
  });
  bell.on('ring', (times) => heard.push(times));
  bell.ring(3);
  expect(heard).toEqual([3]);
  expect(shown).toHaveBeenCalledOnce();
  shown.mockRestore();
});
