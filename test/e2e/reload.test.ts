import { expect } from 'vitest';
import { seeAndHear, seesMoving } from './support/media-checks.js';
import { freshRoom, test } from './support/stage.js';
import { until } from './support/until.js';

test('a reloaded page comes back into the call under its name, and leaves no ghost behind', async ({
  server,
  chromium,
  cast,
}) => {
  const room = freshRoom();
  const ana = await cast.enters(chromium, server.address, room, 'Ana');
  const bo = await cast.enters(chromium, server.address, room, 'Bo');
  await seesMoving(ana.tab, 1);
  await bo.tab.reload();
  await until(
    'the name to be remembered',
    () => rememberedName(bo.tab),
    (name) => name === 'Bo',
  );
  await bo.press('Join');
  await bo.isInRoom();
  await seeAndHear([ana.tab, bo.tab], 1);
  for (const page of [ana, bo]) {
    expect(await page.tab.evaluate(() => window.madangProbe.connections())).toBe(1);
  }
});

function rememberedName(tab: import('./support/chromium-tab.js').ChromiumTab): Promise<string> {
  return tab.page.getByRole('textbox', { name: 'Your name' }).inputValue({ timeout: 1_000 });
}
