import { expect, test } from 'vitest';
import { accepted, codeOf, type Guest, Stage } from './stage.js';

function roles(asked: Guest): Record<string, string> {
  const { members } = accepted(asked.ask('members'));
  return Object.fromEntries(members.map(({ name, role }) => [name, role]));
}

test('when the last host leaves, the longest-present member follows', () => {
  const stage = new Stage();
  const ada = stage.join('Ada');
  const bo = stage.join('Bo');
  const cy = stage.join('Cy');
  stage.hush();
  ada.ask('leave');
  expect(cy.events()).toMatchObject([
    { type: 'member-left', member: ada.id },
    { type: 'member-changed', member: { id: bo.id, role: 'host' } },
  ]);
  expect(roles(cy)).toEqual({ Bo: 'host', Cy: 'participant' });
});

test('viewers and those who are away are passed over', () => {
  const stage = new Stage();
  const ada = stage.join('Ada');
  stage.join('Vi', { role: 'viewer' });
  const away = stage.join('Away');
  const cy = stage.join('Cy');
  away.detach();
  ada.ask('leave');
  expect(roles(cy)).toEqual({ Vi: 'viewer', Away: 'participant', Cy: 'host' });
});

test('where there is nobody better, the longest-present follows, whatever it is', () => {
  const stage = new Stage();
  const ada = stage.join('Ada');
  const vi = stage.join('Vi', { role: 'viewer' });
  const away = stage.join('Away');
  away.detach();
  ada.ask('leave');
  expect(roles(vi)).toEqual({ Vi: 'host', Away: 'participant' });
});

test('a host who is away stays host until it is lost', () => {
  const stage = new Stage();
  const ada = stage.join('Ada');
  const bo = stage.join('Bo');
  ada.detach();
  stage.advance(29_999);
  expect(roles(bo)).toEqual({ Ada: 'host', Bo: 'participant' });
  stage.advance(1);
  expect(roles(bo)).toEqual({ Bo: 'host' });
});

test('with a second host nobody follows', () => {
  const stage = new Stage();
  const ada = stage.join('Ada');
  const bo = stage.join('Bo');
  const cy = stage.join('Cy');
  ada.ask('role', { target: cy.id, role: 'host' });
  ada.ask('leave');
  expect(roles(bo)).toEqual({ Bo: 'participant', Cy: 'host' });
});

test('a last host that steps down is followed by the rule, which may name it again', () => {
  const stage = new Stage();
  const ada = stage.join('Ada');
  const bo = stage.join('Bo');
  ada.ask('role', { target: bo.id, role: 'host' });
  expect(codeOf(ada.ask('role', { target: ada.id, role: 'participant' }))).toBe('ok');
  expect(roles(bo)).toEqual({ Ada: 'participant', Bo: 'host' });
  expect(codeOf(bo.ask('role', { target: bo.id, role: 'viewer' }))).toBe('ok');
  expect(roles(bo)).toEqual({ Ada: 'host', Bo: 'viewer' });
  expect(codeOf(ada.ask('role', { target: ada.id, role: 'participant' }))).toBe('ok');
  expect(roles(bo)).toEqual({ Ada: 'host', Bo: 'viewer' });
});

test('a host that kicks itself leaves a room with another host', () => {
  const stage = new Stage();
  const ada = stage.join('Ada');
  const bo = stage.join('Bo');
  expect(codeOf(ada.ask('kick', { target: ada.id }))).toBe('ok');
  expect(ada.lastEvent()).toMatchObject({ type: 'ended', by: ada.id });
  expect(roles(bo)).toEqual({ Bo: 'host' });
});
