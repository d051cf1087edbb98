import { expect, it } from 'vitest';
import { WANG, ZHANG } from '../kit/names.ts';
import { Person } from '../kit/person.ts';

it('somebody comes online and is busy: the page shows both', async () => {
  const zhang = await Person.logIn(ZHANG.username);
  await zhang.page.getByRole('button', { name: 'New conversation' }).click();
  const dialog = zhang.page.getByRole('dialog');
  await dialog.getByLabel(WANG.name).check();
  await dialog.getByRole('button', { name: 'Start' }).click();
  await zhang.composer.waitFor();
  const header = zhang.page.locator('.chat-head');
  const shown = (state: string) => header.getByRole('img', { name: state, exact: true });
  await shown('offline').waitFor();

  const wang = await Person.logIn(WANG.username);
  await shown('online').waitFor();
  await choose(wang, 'Busy');
  await shown('busy').waitFor();
  const row = zhang.conversation(WANG.name).first();
  await row.getByRole('img', { name: 'busy', exact: true }).waitFor();
  expect(await header.getByTestId('presence').innerText()).toBe('busy');
  await choose(wang, 'Automatic');
  await shown('online').waitFor();
});

async function choose(person: Person, availability: string): Promise<void> {
  await person.page.getByRole('button', { name: 'My account' }).click();
  await person.page.getByRole('menuitem', { name: 'Availability' }).hover();
  await person.page.getByRole('menuitem', { name: availability, exact: true }).click();
}
