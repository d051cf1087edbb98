import { beforeEach, describe, expect, it } from 'vitest';
import { fresh, LI, WANG, ZHANG } from '../kit/names.ts';
import { Person } from '../kit/person.ts';

let zhang: Person;
let li: Person;
let group: string;

beforeEach(async () => {
  [zhang, li] = await Promise.all([Person.logIn(ZHANG.username), Person.logIn(LI.username)]);
  group = fresh('group');
  await zhang.createGroup(group, [LI.name]);
  await li.open(group);
});

const panel = (person: Person) => person.page.getByRole('complementary', { name: /^Members/u });

async function openMembers(person: Person): Promise<void> {
  await person.page.getByRole('button', { name: 'Members', exact: true }).click();
  await panel(person).getByTestId('member').first().waitFor();
}

async function memberAct(person: Person, name: string, action: string): Promise<void> {
  await panel(person)
    .getByRole('button', { name: `Actions for ${name}` })
    .click();
  await person.page.getByRole('menuitem', { name: action, exact: true }).click();
}

describe('a group', () => {
  it('gets a new name and an announcement that all see', async () => {
    await openMembers(zhang);
    const renamed = fresh('renamed');
    await panel(zhang).getByRole('button', { name: 'Rename the group' }).click();
    await zhang.page.getByRole('textbox', { name: 'Name', exact: true }).fill(renamed);
    await zhang.page.keyboard.press('Enter');
    await li.page.getByRole('heading', { name: renamed }).waitFor();
    await panel(zhang).getByRole('button', { name: 'Edit the announcement' }).click();
    await zhang.page.getByRole('textbox', { name: /^Announcement/u }).fill('Friday 10:00');
    await zhang.page.keyboard.press('Enter');
    await li.page.locator('.announcement').getByText('Friday 10:00').waitFor();
  });

  it('takes in somebody, makes them admin, and is handed over', async () => {
    await openMembers(zhang);
    await panel(zhang).getByRole('button', { name: 'Invite' }).click();
    const dialog = zhang.page.getByRole('dialog');
    await dialog.getByLabel(WANG.name).check();
    await dialog.getByRole('button', { name: 'Invite' }).click();
    await panel(zhang).getByText(WANG.name).waitFor();
    await memberAct(zhang, LI.name, 'Make admin');
    await panel(zhang).getByText('Admin', { exact: true }).waitFor();
    await memberAct(zhang, LI.name, 'Hand the group over');
    await zhang.page
      .getByRole('dialog')
      .getByRole('button', { name: 'Hand the group over' })
      .click();
    await openMembers(li);
    await panel(li)
      .getByRole('button', { name: `Actions for ${ZHANG.name}` })
      .waitFor();
    await expect
      .poll(() => panel(zhang).getByRole('button', { name: 'Leave the group' }).isEnabled())
      .toBe(true);
  });

  it('removes somebody, who is told and sees nothing later', async () => {
    await openMembers(zhang);
    await memberAct(zhang, LI.name, 'Remove from the group');
    await zhang.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await li.page.getByText('You are no longer a member of this conversation.').waitFor();
    await zhang.write('after');
    await zhang.status('after', 'stored');
    await li.conversation(group).waitFor({ state: 'detached' });
  });

  it('is muted, pinned and archived for oneself', async () => {
    await li.page.goto('/');
    const row = li.page.locator('.conversation-row').filter({ hasText: group });
    const choose = async (action: string) => {
      await row.hover();
      await row.getByRole('button', { name: /^Actions for/u }).click();
      await li.page.getByRole('menuitem', { name: action, exact: true }).click();
    };
    await choose('Mute');
    await zhang.write('quietly');
    await row.locator('.unread-dot').waitFor();
    await choose('Pin to top');
    await row.and(li.page.locator('.pinned')).waitFor();
    await choose('Archive');
    await row.waitFor({ state: 'detached' });
    await li.page.getByRole('button', { name: 'Archived' }).click();
    await row.waitFor();
    await choose('Take out of the archive');
    await li.page.getByRole('button', { name: 'Archived' }).click();
    await row.waitFor();
  });
});

describe('a long history', () => {
  it('opens at the first unread message and loads older ones while scrolling', async () => {
    await li.page.goto('/');
    for (let number = 1; number <= 70; number += 1) await zhang.write(`line ${number}.`);
    await zhang.status('line 70.', 'delivered');
    await li.open(group);
    await li.page.getByRole('separator', { name: 'New messages' }).waitFor();
    await li.page.getByRole('button', { name: 'Jump to the newest' }).click();
    await li.message('line 70.').waitFor();
    await zhang.message('line 70.').getByText('1/1 read').waitFor();
    const list = li.page.locator('.message-list');
    await expect
      .poll(async () => {
        await list.evaluate((box) => {
          box.scrollTop = 0;
        });
        return li.message('line 1.').count();
      })
      .toBe(1);
    expect(await li.texts()).toEqual(Array.from({ length: 70 }, (_, at) => `line ${at + 1}.`));
  });
});
