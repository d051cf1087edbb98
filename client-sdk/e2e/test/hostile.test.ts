import { beforeEach, expect, it } from 'vitest';
import { fresh, LI, ZHANG } from '../kit/names.ts';
import { Person } from '../kit/person.ts';

const HOSTILE = [
  '<script>window.hacked = 1</script>',
  '<img src=x onerror="window.hacked = 1">',
  '<svg/onload="window.hacked = 1">',
  '[click](javascript:window.hacked=1)',
  '[click](data:text/html,<script>window.hacked=1</script>)',
];

let zhang: Person;
let li: Person;

beforeEach(async () => {
  [zhang, li] = await Promise.all([Person.logIn(ZHANG.username), Person.logIn(LI.username)]);
});

it('hostile texts and names stand there as text, and nothing runs', async () => {
  const group = `<img src=x onerror="hacked=1"> ${fresh('x')}`;
  await zhang.createGroup(group, [LI.name]);
  await li.open(group);
  for (const text of HOSTILE) await zhang.write(text);
  await zhang.status('<svg/onload', 'read');
  const shown = await li.texts();
  expect(shown.slice(0, 3)).toEqual(HOSTILE.slice(0, 3));
  expect(await li.page.locator('.message-list').getByRole('link').count()).toBe(0);
  expect(await li.page.evaluate(() => 'hacked' in globalThis)).toBe(false);
  expect(await li.page.getByRole('heading', { name: group }).count()).toBe(1);
});

it('dialogs, menus and pickers keep to the policy of the page', async () => {
  await zhang.createGroup(fresh('policy'), [LI.name]);
  const { page } = zhang;
  const open = (name: string) => page.getByRole('button', { name, exact: true }).first().click();
  await open('Jump to a date');
  await page.getByRole('dialog', { name: 'Jump to a date' }).getByRole('textbox').click();
  await page.locator('.ant-picker-dropdown').waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await open('Members');
  await open('Pinned messages');
  await open('Emoji');
  await page.keyboard.press('Control+/');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  const nonced = await page.evaluate(() =>
    [...document.querySelectorAll('style')].every((style) => style.nonce !== ''),
  );
  expect(nonced).toBe(true);
});
