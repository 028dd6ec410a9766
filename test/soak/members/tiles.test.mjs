import { beforeEach, expect, test } from 'vitest';
import { Tiles } from './tiles.mjs';

let tiles;
let frozen;

beforeEach(() => {
  frozen = [];
  tiles = new Tiles((key, ms, isFirst) => frozen.push([key, ms, isFirst]));
  tiles.sends('ben/camera', 0);
  tiles.wanted('anna', 'ben/camera', 0);
});

test('a picture that stands still is found when the next one comes', () => {
  tiles.frame('anna', 'ben/camera', 100);
  tiles.frame('anna', 'ben/camera', 2_600);
  expect(frozen).toEqual([['anna ben/camera', 2_500, false]]);
  expect([tiles.longestFirstMs, tiles.longestMs, tiles.counts]).toEqual([100, 2_500, [1, 1, 1]]);
});

test('a picture that never comes back is found when its sender stops', () => {
  tiles.frame('anna', 'ben/camera', 100);
  tiles.stopped('ben/camera', 4_100);
  expect(frozen).toEqual([['anna ben/camera', 4_000, false]]);
});

test('while nothing is sent nothing is missed, and then it is the first picture again', () => {
  tiles.frame('anna', 'ben/camera', 100);
  tiles.stopped('ben/camera', 200);
  tiles.sends('ben/camera', 60_000);
  tiles.frame('anna', 'ben/camera', 60_400);
  expect([frozen, tiles.longestFirstMs, tiles.longestMs]).toEqual([[], 400, 100]);
});

test('what is not wanted is not missed', () => {
  tiles.frame('anna', 'ben/camera', 100);
  tiles.unwanted('anna', 'ben/camera', 200);
  tiles.wanted('anna', 'ben/camera', 60_000);
  tiles.frame('anna', 'ben/camera', 60_300);
  expect([frozen, tiles.longestFirstMs]).toEqual([[], 300]);
});

test('who left misses nothing', () => {
  tiles.frame('anna', 'ben/camera', 100);
  tiles.left('anna', 200);
  expect([tiles.size, tiles.standing(60_000), frozen]).toEqual([0, [], []]);
});
