import { beforeEach, describe, expect, it } from 'vitest';
import { DEMO_GROUP, fresh, LI, ZHANG } from '../kit/names.ts';
import { Person } from '../kit/person.ts';
import { PASSWORD } from '../kit/server.ts';

describe('the login', () => {
  it('tells of a wrong password and then lets the right one in', async () => {
    const zhang = await Person.arrive();
    await zhang.page.goto('/');
    await zhang.enter(ZHANG.username, 'wrong');
    await zhang.page.getByText('User name or password is wrong.').waitFor();
    await zhang.enter(ZHANG.username, PASSWORD);
    await zhang.conversation(DEMO_GROUP).waitFor();
  });

  it('speaks Chinese to a Chinese browser, and English when asked', async () => {
    const zhang = await Person.arrive({ locale: 'zh-CN' });
    await zhang.page.goto('/');
    await zhang.page.getByRole('heading', { name: '登录' }).waitFor();
    await zhang.page.getByText('English').click();
    await zhang.page.getByRole('heading', { name: 'Log in' }).waitFor();
    expect(await zhang.page.locator('html').getAttribute('lang')).toBe('en');
  });

  it('lasts over a reload', async () => {
    const zhang = await Person.logIn(ZHANG.username);
    await zhang.page.reload();
    await zhang.conversation(DEMO_GROUP).waitFor();
  });

  it('refuses a link that is not complete or was used', async () => {
    const guest = await Person.arrive();
    await guest.page.goto('/link');
    await guest.page.getByText('This link is incomplete.').waitFor();
    await guest.page.goto('/link#wrong');
    await guest.page.reload();
    await guest.page.getByLabel('New password').fill('a new password');
    await guest.page.getByLabel('Repeat the password').fill('a new password');
    await guest.page.getByRole('button', { name: 'Set password' }).click();
    await guest.page.getByText('The link was used').waitFor();
  });
});

describe('one person, several places', () => {
  let zhang: Person;

  beforeEach(async () => {
    zhang = await Person.logIn(ZHANG.username);
  });

  it('a second tab shows the same, and what is read there is read here', async () => {
    const group = fresh('tabs');
    const li = await Person.logIn(LI.username);
    await zhang.createGroup(group, [LI.name]);
    const tab = await zhang.secondTab();
    await zhang.page.goto('/');
    await li.open(group);
    await li.write('hello both');
    await zhang.conversation(group).getByLabel('1 unread message').waitFor();
    await tab.open(group);
    await tab.message('hello both').waitFor();
    await zhang.conversation(group).getByLabel('1 unread message').waitFor({ state: 'detached' });
    await tab.write('from the tab');
    await zhang.conversation(group).getByText('from the tab').waitFor();
  });

  it('logging out in one tab ends the other', async () => {
    const tab = await zhang.secondTab();
    await zhang.page.getByRole('button', { name: 'My account' }).click();
    await zhang.page.getByRole('menuitem', { name: 'Log out' }).click();
    await zhang.page.getByRole('heading', { name: 'Log in' }).waitFor();
    await tab.page.getByText('You were logged out on this device.').waitFor();
    await tab.page.reload();
    await tab.page.getByRole('heading', { name: 'Log in' }).waitFor();
  });

  it('a device is ended from the list of devices', async () => {
    const phone = await Person.logIn(ZHANG.username);
    await zhang.page.getByRole('button', { name: 'My account' }).click();
    await zhang.page.getByRole('menuitem', { name: 'My devices' }).click();
    const dialog = zhang.page.getByRole('dialog', { name: 'My devices' });
    await dialog.getByText('This device').waitFor();
    await dialog.getByRole('button', { name: 'Log out' }).first().click();
    await zhang.page.getByRole('tooltip').getByRole('button', { name: 'Log out' }).click();
    await phone.page.getByText('You were logged out on this device.').waitFor();
    await zhang.live();
  });
});

describe('the look', () => {
  it('follows the device into the dark, and a choice stays', async () => {
    const zhang = await Person.logIn(ZHANG.username, { colorScheme: 'dark' });
    const theme = () => zhang.page.locator('html').getAttribute('data-theme');
    expect(await theme()).toBe('dark');
    await zhang.page.emulateMedia({ colorScheme: 'light' });
    await expect.poll(theme).toBe('light');
    await zhang.page.getByRole('button', { name: 'My account' }).click();
    await zhang.page.getByRole('menuitem', { name: 'Appearance' }).hover();
    await zhang.page.getByRole('menuitem', { name: 'Dark' }).click();
    await expect.poll(theme).toBe('dark');
    await zhang.page.reload();
    await expect.poll(theme).toBe('dark');
  });

  it('shows one pane at a time on a phone', async () => {
    const zhang = await Person.logIn(ZHANG.username, { viewport: { width: 390, height: 800 } });
    await zhang.open(DEMO_GROUP);
    const list = zhang.page.getByRole('navigation', { name: 'Conversations' });
    expect(await list.count()).toBe(0);
    const width = await zhang.page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(390);
    await zhang.page.getByRole('button', { name: 'Back' }).click();
    await list.waitFor();
    await zhang.page.goBack();
    await zhang.composer.waitFor();
  });

  it('is used with the keyboard alone', async () => {
    const group = fresh('keyboard');
    const zhang = await Person.logIn(ZHANG.username);
    await zhang.createGroup(group, []);
    await zhang.page.goto('/');
    const { page } = zhang;
    await zhang.conversation(group).waitFor();
    await page.keyboard.press('Control+k');
    const field = page.getByRole('combobox', { name: 'Filter conversations' });
    await page.locator(':focus').and(field).waitFor();
    await page.keyboard.type(group);
    await page.keyboard.press('Enter');
    await zhang.composer.waitFor();
    await zhang.composer.focus();
    await page.keyboard.type('first');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('second');
    await page.keyboard.press('Enter');
    await zhang.message('first').waitFor();
    expect(await zhang.texts()).toEqual(['first\nsecond']);
    await zhang.status('first', 'stored');
    await page.keyboard.press('ArrowUp');
    await page.getByText('Editing a message').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('Editing a message').waitFor({ state: 'detached' });
  });
});
