import { beforeEach, describe, expect, it } from 'vitest';
import { fresh, LI, ZHANG } from '../kit/names.ts';
import { Person } from '../kit/person.ts';

let zhang: Person;
let li: Person;
let group: string;

beforeEach(async () => {
  [zhang, li] = await Promise.all([Person.logIn(ZHANG.username), Person.logIn(LI.username)]);
  group = fresh('offline');
  await zhang.createGroup(group, [LI.name]);
  await li.open(group);
});

const NUMBERS = ['1', '2', '3', '4', '5'].map((digit) => `message ${digit}`);

describe('what is written', () => {
  it('offline arrives once and in order when the network is back', async () => {
    await zhang.write('before');
    await zhang.status('before', 'read');
    await zhang.context.setOffline(true);
    await zhang.page.locator('[data-status="offline"].banner').waitFor();
    for (const text of NUMBERS) await zhang.write(text);
    await zhang.status('message 5', 'queued');
    await li.write('meanwhile');
    await zhang.context.setOffline(false);
    await zhang.status('message 5', 'read');
    await zhang.message('meanwhile').waitFor();
    expect(await li.texts()).toEqual(['before', 'meanwhile', ...NUMBERS]);
    expect(await zhang.texts()).toEqual(['before', 'meanwhile', ...NUMBERS]);
  });

  it('survives a reload in the middle of sending', async () => {
    for (const text of NUMBERS) await zhang.write(text);
    // What is on its way was kept before; nobody promises more of what was typed a moment ago.
    await zhang.message('message 5').locator('[data-status]:not([data-status="queued"])').waitFor();
    await zhang.page.reload();
    await zhang.composer.waitFor();
    await zhang.status('message 5', 'read');
    expect(await li.texts()).toEqual(NUMBERS);
    expect(await zhang.texts()).toEqual(NUMBERS);
  });

  it('offline survives a reload', async () => {
    await zhang.context.setOffline(true);
    await zhang.page.locator('[data-status="offline"].banner').waitFor();
    await zhang.write('kept');
    await zhang.status('kept', 'queued');
    // Leaves the page as a crash would, without asking, and before it can send anything.
    await zhang.page.goto('about:blank', { waitUntil: 'commit' }).catch(() => undefined);
    await zhang.page.close();
    await zhang.context.setOffline(false);
    await zhang.secondTab();
    await li.message('kept').waitFor();
    expect(await li.texts()).toEqual(['kept']);
  });

  it('and not sent stays as a draft, here and on other devices', async () => {
    const phone = await Person.logIn(ZHANG.username);
    await zhang.composer.fill('half a thought');
    await phone.conversation(group).getByText('[Draft] half a thought').waitFor();
    await zhang.page.reload();
    await zhang.composer.waitFor();
    expect(await zhang.composer.inputValue()).toBe('half a thought');
    await phone.open(group);
    expect(await phone.composer.inputValue()).toBe('half a thought');
  });
});
