import { MadangError } from '@madang/client';
import { expect, test, vi } from 'vitest';
import type { Call } from '../../state/call.js';
import { currentMessages } from '../../state/language-store.js';
import { notices } from '../../state/notices.js';
import { fileActions } from './use-file-actions.js';

test('a viewer who may send no files is told so once, and not that a host may', () => {
  vi.useFakeTimers();
  const refuse = (): never => {
    throw new MadangError('forbidden', 'no');
  };
  const members = ['ann', 'bob', 'cho'].map((id) => ({ id, isSelf: id === 'cho' }));
  const room = { members, sendFile: refuse, transfers: [] } as unknown as Call['room'];
  fileActions({ room }).send([new File(['x'], 'a.txt'), new File(['y'], 'b.txt')], 'everyone');
  expect(notices.getState().toasts.map(({ text }) => text)).toEqual([currentMessages().files.failure.forbidden]);
  vi.useRealTimers();
});
