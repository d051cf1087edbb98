import { beforeEach, describe, expect, it } from 'vitest';
import { fresh, LI, WANG, ZHANG } from '../kit/names.ts';
import { Person } from '../kit/person.ts';

let zhang: Person;
let li: Person;
let group: string;

beforeEach(async () => {
  [zhang, li] = await Promise.all([Person.logIn(ZHANG.username), Person.logIn(LI.username)]);
  group = fresh('talk');
  await zhang.createGroup(group, [LI.name, WANG.name]);
  await li.open(group);
});

describe('two people in a group', () => {
  it('see what the other writes, in order', async () => {
    await zhang.write('one');
    await li.message('one').waitFor();
    await li.write('two');
    await zhang.message('two').waitFor();
    expect(await zhang.texts()).toEqual(['one', 'two']);
    expect(await li.texts()).toEqual(['one', 'two']);
  });

  it('see an edit', async () => {
    await zhang.write('a tpyo');
    await li.message('a tpyo').waitFor();
    await zhang.status('a tpyo', 'read');
    await zhang.composer.press('ArrowUp');
    await zhang.composer.fill('a typo');
    await zhang.composer.press('Enter');
    await li.message('a typo').getByText('edited').waitFor();
    expect(await li.texts()).toEqual(['a typo']);
  });

  it('see a recall, and only its writer may edit it again', async () => {
    await zhang.write('too early');
    await li.message('too early').waitFor();
    await zhang.act('too early', 'Recall');
    await zhang.page.getByRole('dialog').getByRole('button', { name: 'Recall' }).click();
    await li.page.getByText(`${ZHANG.name} recalled a message.`).waitFor();
    expect(await li.texts()).toEqual([]);
    expect(await li.page.getByRole('button', { name: 'Edit again' }).count()).toBe(0);
    await zhang.page.getByRole('button', { name: 'Edit again' }).click();
    expect(await zhang.composer.inputValue()).toBe('too early');
  });

  it('react, and take it back', async () => {
    await zhang.write('shipped');
    await li.message('shipped').hover();
    await li.message('shipped').getByRole('button', { name: 'React', exact: true }).click();
    await li.page.getByRole('button', { name: '🎉' }).click();
    await zhang.page.getByRole('button', { name: 'React with 🎉 (1)' }).click();
    const mine = li.page.getByRole('button', { name: 'Take back 🎉 (2)' });
    await mine.click();
    await zhang.page.getByRole('button', { name: 'Take back 🎉 (1)' }).waitFor();
  });

  it('see who has read a message and who has not', async () => {
    await zhang.write('please read');
    await li.message('please read').waitFor();
    await zhang.message('please read').getByText('1/2 read').click();
    const dialog = zhang.page.getByRole('dialog');
    await dialog.getByTestId('receipts-read').getByText(LI.name).waitFor();
    await dialog.getByTestId('receipts-unread').getByText(WANG.name).waitFor();
  });

  it('see that the other is typing', async () => {
    await li.composer.pressSequentially('hm');
    await zhang.page.getByText(`${LI.name} is typing…`).waitFor();
  });

  it('reply, and the quote leads to the message', async () => {
    await zhang.write('the question');
    await li.message('the question').hover();
    await li.message('the question').getByRole('button', { name: 'Reply', exact: true }).click();
    await li.write('the answer');
    const quote = zhang.message('the answer').getByTitle('Go to the quoted message');
    await quote.click();
    await zhang.page.locator('[data-row].flash').filter({ hasText: 'the question' }).waitFor();
  });

  it('talk in a thread beside the conversation', async () => {
    await zhang.write('root');
    await li.message('root').hover();
    await li.message('root').getByRole('button', { name: 'Reply in thread' }).click();
    const panel = li.page.getByRole('complementary', { name: 'Thread' });
    await panel.getByRole('textbox').fill('beside');
    await panel.getByRole('textbox').press('Enter');
    await zhang.message('root').getByRole('button', { name: '1 reply' }).click();
    const there = zhang.page.getByRole('complementary', { name: 'Thread' });
    await there.getByText('beside').waitFor();
    expect(await zhang.texts()).toEqual(['root']);
  });

  it('mention each other; the mentioned one sees a mark', async () => {
    await li.page.goto('/');
    await li.conversation(group).waitFor();
    await zhang.composer.pressSequentially('@li');
    await zhang.page.getByRole('option', { name: new RegExp(LI.name, 'u') }).waitFor();
    await zhang.composer.press('Enter');
    await zhang.composer.pressSequentially('look');
    await zhang.composer.press('Enter');
    await li.conversation(group).getByText('You were mentioned').waitFor();
    await li.open(group);
    await li.page
      .locator('.mention-me')
      .filter({ hasText: `@${LI.name}` })
      .waitFor();
  });

  it('pin a message for both', async () => {
    await zhang.write('the agenda');
    await zhang.status('the agenda', 'read');
    await zhang.act('the agenda', 'Pin');
    await zhang.page.getByRole('dialog').getByRole('button', { name: 'Pin' }).click();
    await li.page.locator('.pin-bar').filter({ hasText: 'the agenda' }).click();
    const panel = li.page.getByRole('complementary', { name: 'Pinned messages' });
    await panel.getByText('the agenda').waitFor();
    // Only whoever leads a group pins.
    expect(await panel.getByRole('button', { name: 'Unpin' }).count()).toBe(0);
    await zhang.act('the agenda', 'Unpin');
    await li.page.locator('.pin-bar').waitFor({ state: 'detached' });
  });

  it('forward several messages as one that opens', async () => {
    const other = fresh('other');
    await zhang.write('first line');
    await zhang.write('second line');
    await zhang.status('second line', 'read');
    await zhang.createGroup(other, [LI.name]);
    await zhang.open(group);
    await zhang.act('first line', 'Select');
    await zhang.message('second line').getByRole('checkbox').check();
    await zhang.page.getByRole('button', { name: 'Forward' }).click();
    const dialog = zhang.page.getByRole('dialog');
    await dialog.getByText('Merged into one').click();
    await dialog.getByRole('option', { name: other }).click();
    await dialog.getByRole('button', { name: 'Forward' }).click();
    await li.open(other);
    await li.page.getByRole('button', { name: /Chat history \(2\)/u }).click();
    await li.page.getByRole('dialog').getByText('second line').waitFor();
  });

  it('send code that can be copied', async () => {
    await zhang.page.getByRole('button', { name: 'Code snippet' }).click();
    await zhang.page.getByLabel('Language of the code').selectOption('java');
    await zhang.composer.fill('int x = 1;');
    await zhang.composer.press('Control+Enter');
    await li.page
      .locator('.code-block')
      .filter({ hasText: 'java' })
      .getByText('int x = 1;')
      .waitFor();
  });
});
