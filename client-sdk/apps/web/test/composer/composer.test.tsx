import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { Composer } from '../../src/composer/Composer';
import { fakeChat, InChat, type FakeChat } from '../kit/fakeClient';
import { GROUP, user } from '../kit/samples';

let fake: FakeChat;
let events: string[];

function show(): HTMLTextAreaElement {
  render(
    <InChat fake={fake}>
      <Composer
        placeholder="Write to 李娜"
        replyTo={undefined}
        control={null}
        onCancel={() => events.push('cancel')}
        onSent={() => events.push('sent')}
        onEditLast={() => events.push('edit-last')}
      />
    </InChat>,
  );
  return screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Write a message' });
}

const drafts = () => fake.calls.filter(([name]) => name === 'draft');
const sent = () => fake.calls.filter(([name]) => name === 'send').map(([, draft]) => draft);

beforeEach(() => {
  fake = fakeChat();
  events = [];
});

describe('the composer', () => {
  it('sends with Enter and is empty afterwards', async () => {
    const field = show();
    await userEvent.type(field, 'hello{Enter}');
    expect(sent()).toEqual([{ text: 'hello' }]);
    expect(field.value).toBe('');
    expect(events).toEqual(['sent']);
    expect(fake.calls.at(-1)).toEqual(['draft', '', undefined]);
  });

  it('keeps the draft until the message is kept', async () => {
    let keep!: () => void;
    fake.keeping = new Promise((resolve) => (keep = resolve));
    const field = show();
    await userEvent.type(field, 'hello{Enter}');
    expect(field.value).toBe('');
    expect(drafts().at(-1)).toEqual(['draft', 'hello', undefined]);
    keep();
    await waitFor(() => expect(drafts().at(-1)).toEqual(['draft', '', undefined]));
  });

  it('does not throw away what is written before the last message is kept', async () => {
    let keep!: () => void;
    fake.keeping = new Promise((resolve) => (keep = resolve));
    const field = show();
    await userEvent.type(field, 'hello{Enter}');
    await userEvent.type(field, 'more');
    keep();
    await fake.keeping;
    expect(field.value).toBe('more');
    expect(drafts().at(-1)).toEqual(['draft', 'more', undefined]);
  });

  it('makes a new line with Shift and Enter', async () => {
    const field = show();
    await userEvent.type(field, 'one{Shift>}{Enter}{/Shift}two{Enter}');
    expect(sent()).toEqual([{ text: 'one\ntwo' }]);
  });

  it('does not send the Enter that chooses a candidate of an input method', async () => {
    const field = show();
    await userEvent.type(field, 'nihao');
    fireEvent.compositionStart(field);
    fireEvent.keyDown(field, { key: 'Enter', isComposing: true });
    fireEvent.keyDown(field, { key: 'Enter', keyCode: 229 });
    expect(sent()).toEqual([]);
    fireEvent.compositionEnd(field, { data: '你好' });
    fireEvent.change(field, { target: { value: '你好' } });
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(sent()).toEqual([{ text: '你好' }]);
  });

  it('sends nothing where there is nothing but white space', async () => {
    await userEvent.type(show(), '   {Enter}');
    expect(sent()).toEqual([]);
  });

  it('does not send what is over the limit', async () => {
    const field = show();
    fireEvent.change(field, { target: { value: '字'.repeat(8001) } });
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(sent()).toEqual([]);
    expect(screen.getByText('1 characters too long')).toBeDefined();
  });

  it('edits the last message with ArrowUp only while it is empty', async () => {
    const field = show();
    await userEvent.type(field, '{ArrowUp}');
    await userEvent.type(field, 'x{ArrowUp}');
    expect(events).toEqual(['edit-last']);
  });

  it('cancels with Escape', async () => {
    await userEvent.type(show(), '{Escape}');
    expect(events).toEqual(['cancel']);
  });

  it('tells the others that somebody writes, and keeps the draft', async () => {
    await userEvent.type(show(), 'ab');
    expect(fake.calls).toContainEqual(['typing']);
    expect(fake.calls).toContainEqual(['draft', 'ab', undefined]);
  });

  it('sends code as code, in the language chosen', async () => {
    const field = show();
    await userEvent.click(screen.getByRole('button', { name: 'Code snippet' }));
    await userEvent.selectOptions(screen.getByRole('combobox'), 'java');
    fireEvent.change(field, { target: { value: '  int @x;\n' } });
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(sent()).toEqual([]);
    fireEvent.keyDown(field, { key: 'Enter', ctrlKey: true });
    expect(sent()).toEqual([{ code: { text: '  int @x;\n', language: 'java' } }]);
  });
});

describe('mentions', () => {
  it('offers members after @ and sends who was chosen', async () => {
    const field = show();
    await userEvent.type(field, '@li');
    const list = await screen.findByRole('listbox', { name: 'People to mention' });
    expect(within(list).getAllByRole('option')).toHaveLength(1);
    await userEvent.keyboard('{Enter}');
    expect(field.value).toBe('@李娜 ');
    await userEvent.type(field, 'hi{Enter}');
    expect(sent()).toEqual([{ text: '@李娜 hi', mentions: { users: [user().id] } }]);
  });

  it('mentions nobody who has left meanwhile', async () => {
    const people = [user()];
    const listeners: ((event: unknown) => void)[] = [];
    fake = fakeChat({}, people);
    Object.assign(fake.client, {
      on: (_: string, listener: (event: unknown) => void) => {
        listeners.push(listener);
        return () => listeners.splice(listeners.indexOf(listener), 1);
      },
    });
    const field = show();
    await userEvent.type(field, '@li');
    await screen.findByRole('listbox', { name: 'People to mention' });
    await userEvent.keyboard('{Enter}');
    people.length = 0;
    await act(async () => {
      for (const hear of listeners) hear({ stream: GROUP, kind: 'member.removed' });
    });
    await userEvent.type(field, 'hi{Enter}');
    expect(sent()).toEqual([{ text: '@李娜 hi' }]);
  });

  it('closes the list with Escape and leaves the text', async () => {
    const field = show();
    await userEvent.type(field, '@li');
    await screen.findByRole('listbox');
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('listbox')).toBeNull();
    expect(field.value).toBe('@li');
    expect(events).toEqual([]);
  });

  it('offers everybody only to owner and admins', async () => {
    const field = show();
    await userEvent.type(field, '@');
    await screen.findByRole('option', { name: /李娜/u });
    expect(screen.queryByText('Everybody in the group')).toBeNull();
  });

  it('mentions everybody as an admin', async () => {
    fake = fakeChat({ role: 'admin' });
    const field = show();
    await userEvent.type(field, '@al');
    await screen.findByText('Everybody in the group');
    await userEvent.keyboard('{Enter}');
    await userEvent.type(field, 'now{Enter}');
    expect(sent()).toEqual([{ text: '@all now', mentions: { all: true } }]);
  });
});
