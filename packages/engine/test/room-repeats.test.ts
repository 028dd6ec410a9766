import { expect, test } from 'vitest';
import { accepted, codeOf, Stage } from './stage.js';

test('a request that was carried out is not carried out again', () => {
  const stage = new Stage();
  const ada = stage.join('Ada');
  expect(ada.ask('chat', { n: 1, text: 'once', wallMs: 1 })).toEqual({ ok: true, id: 1 });
  expect(ada.ask('chat', { n: 1, text: 'once', wallMs: 2 })).toEqual({ ok: true, repeated: true });
  expect(ada.types()).toEqual(['chat']);
});

test('it is remembered through a resume', () => {
  const ada = new Stage().join('Ada');
  ada.ask('chat', { n: 7, text: 'once', wallMs: 1 });
  ada.detach();
  ada.resume(0);
  expect(ada.ask('chat', { n: 7, text: 'once', wallMs: 1 })).toEqual({ ok: true, repeated: true });
});

test('one that was refused may be tried again, whether the role or the target was at fault', () => {
  const stage = new Stage();
  const ada = stage.join('Ada');
  const bo = stage.join('Bo');
  expect(codeOf(bo.ask('close', { n: 1 }))).toBe('forbidden');
  ada.ask('role', { target: bo.id, role: 'host' });
  expect(codeOf(bo.ask('mute', { n: 2, target: 'nobody', source: 'camera' }))).toBe('member_not_found');
  expect(bo.ask('mute', { n: 2, target: ada.id, source: 'camera' })).toEqual({ ok: true });
  expect(bo.ask('close', { n: 1 })).toEqual({ ok: true });
  expect(stage.engine.counts().rooms).toBe(0);
});

test('numbers may arrive out of order', () => {
  const ada = new Stage().join('Ada');
  ada.ask('chat', { n: 2, text: 'second', wallMs: 1 });
  expect(ada.ask('chat', { n: 1, text: 'first', wallMs: 1 })).toEqual({ ok: true, id: 2 });
  expect(ada.ask('chat', { n: 1, text: 'first', wallMs: 1 })).toEqual({ ok: true, repeated: true });
});

test('the last 64 are remembered', () => {
  const ada = new Stage().join('Ada');
  for (let n = 1; n <= 65; n++) ada.ask('react', { n, reaction: '!' });
  ada.events();
  expect(ada.ask('react', { n: 2, reaction: '!' })).toEqual({ ok: true, repeated: true });
  expect(ada.ask('react', { n: 65, reaction: '!' })).toEqual({ ok: true, repeated: true });
  expect(ada.events()).toEqual([]);
  expect(ada.ask('react', { n: 1, reaction: '!' })).toEqual({ ok: true });
});

test('each member has numbers of its own', () => {
  const stage = new Stage();
  const ada = stage.join('Ada');
  const bo = stage.join('Bo');
  ada.ask('chat', { n: 1, text: 'a', wallMs: 1 });
  expect(bo.ask('chat', { n: 1, text: 'b', wallMs: 1 })).toEqual({ ok: true, id: 2 });
});

test('a question is answered each time it is asked', () => {
  const ada = new Stage().join('Ada');
  expect(accepted(ada.ask('members', { n: 1 })).members).toHaveLength(1);
  expect(accepted(ada.ask('members', { n: 1 })).members).toHaveLength(1);
});
