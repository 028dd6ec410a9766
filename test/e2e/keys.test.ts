import { expect } from 'vitest';
import type { ChromiumTab } from './support/chromium-tab.js';
import { freshRoom, test } from './support/stage.js';
import { until } from './support/until.js';

/** Types as a Korean input method does: the text under composition first, then as it is finished. */
async function compose(tab: ChromiumTab, steps: readonly string[], finished: string): Promise<void> {
  const session = await tab.page.context().newCDPSession(tab.page);
  for (const text of steps)
    await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  await session.send('Input.insertText', { text: finished });
  await session.detach();
}

test('keys work by their place, and not while Hangul is written', async ({ server, chromium, cast }) => {
  const room = freshRoom();
  const ana = await cast.enters(chromium, server.address, room, 'Ana');
  const { tab } = ana;
  const isMuted = () => tab.has('button', 'Unmute microphone');
  await tab.press('KeyM');
  await until('M to mute', isMuted);
  await tab.press('KeyM');
  await until('M to unmute', async () => !(await isMuted()));
  await tab.press('KeyC');
  await until('C to open the chat', () => tab.has('textbox', 'Message'));

  await compose(tab, ['ㅁ', '마', '마다', '마당'], '마당');
  await tab.page.keyboard.type('m');
  expect(await tab.page.getByRole('textbox', { name: 'Message' }).inputValue()).toBe('마당m');
  expect(await isMuted()).toBe(false);
  await tab.press('Control+KeyD');
  await until('Ctrl and D to mute while writing', isMuted);
  await tab.press('Enter');
  await ana.shows('마당m');
  await tab.press('Escape');
  await until('the chat to close', async () => !(await tab.has('textbox', 'Message')));
});

test('Enter that ends a syllable does not send the message', async ({ server, chromium, cast }) => {
  const ana = await cast.enters(chromium, server.address, freshRoom(), 'Ana');
  await ana.openChat();
  const sent = () => ana.tab.page.locator('[role=log] time').count();
  const enter = (isComposing: boolean) =>
    ana.tab.page.evaluate((composing) => {
      const init = { key: 'Enter', code: 'Enter', bubbles: true, cancelable: true, isComposing: composing };
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', init));
    }, isComposing);
  await compose(ana.tab, ['ㅎ', '하', '한'], '한');
  await enter(true);
  expect(await ana.tab.page.getByRole('textbox', { name: 'Message' }).inputValue()).toBe('한');
  expect(await sent()).toBe(0);
  await enter(false);
  await until('the message to be sent', sent, (count) => count === 1);
});

test('numbers make a tile large, W makes all alike, Alt and a number reacts; switched off, keys do nothing', async ({
  server,
  chromium,
  cast,
}) => {
  const room = freshRoom();
  const ana = await cast.enters(chromium, server.address, room, 'Ana');
  const bo = await cast.enters(chromium, server.address, room, 'Bo');
  const pinned = () =>
    ana.tab.evaluate(() =>
      document.querySelector('[aria-label=Pinned]')?.closest('article')?.getAttribute('aria-label'),
    );
  await until('both tiles', async () => (await ana.members()).length === 2);
  await ana.tab.press('Digit1');
  await until('Bo to be large', pinned, (name) => name === 'Bo');
  await ana.tab.press('KeyW');
  await until('all to be alike', pinned, (name) => name === undefined);
  await ana.tab.press('KeyW');
  await until('Bo to be large again', pinned, (name) => name === 'Bo');
  await ana.tab.press('Alt+Digit2');
  await until('Bo to see the reaction', () => bo.tab.page.getByText('👏').first().isVisible());

  await ana.tab.press('Shift+Slash');
  await ana.tab.page.getByRole('checkbox', { name: 'Use single keys as shortcuts' }).uncheck();
  await ana.tab.press('Escape');
  await ana.hides('Keyboard shortcuts');
  await ana.tab.press('Digit1');
  await ana.tab.press('KeyM');
  await ana.tab.press('Control+KeyE');
  await until('Ctrl and E to work all the same', () => ana.tab.has('button', 'Turn on camera'));
  expect(await ana.tab.has('button', 'Mute microphone')).toBe(true);
  expect(await pinned()).toBe('Bo');
});
