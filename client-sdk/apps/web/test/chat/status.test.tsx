import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { MagpieError } from '@magpie/sdk';
import { describe, expect, it } from 'vitest';
import { MessageStatus } from '../../src/chat/MessageStatus';
import { StatusIcon } from '../../src/chat/StatusIcon';
import { fakeChat, InChat, type FakeChat } from '../kit/fakeClient';
import { message } from '../kit/samples';

const show = (fake: FakeChat, more: Parameters<typeof message>[0]) =>
  render(
    <InChat fake={fake}>
      <MessageStatus message={message({ mine: true, localId: 'l1', ...more })} />
    </InChat>,
  );

describe('the ladder of a message', () => {
  it.each([
    ['queued', 'Waiting to be sent'],
    ['sent', 'Sending'],
    ['stored', 'Stored on the server'],
    ['delivered', 'Delivered'],
    ['read', 'Read'],
    ['failed', 'Not sent'],
  ] as const)('%s reads %s', (status, label) => {
    render(<StatusIcon status={status} />);
    expect(screen.getByRole('img', { name: label }).dataset['status']).toBe(status);
  });

  it('read differs from delivered by more than its shape', () => {
    const { container } = render(<StatusIcon status="read" />);
    expect(container.querySelector('.status-read')).not.toBeNull();
  });

  it('is not shown on messages of others', () => {
    const { container } = show(fakeChat(), { mine: false });
    expect(container.querySelector('svg')).toBeNull();
  });

  it('counts readers in a group and opens who they are', async () => {
    const fake = fakeChat();
    show(fake, { seq: 7, receipts: { read: 3, delivered: 4, total: 5 }, status: 'read' });
    expect(screen.getByText('3/5 read')).toBeDefined();
    await userEvent.click(screen.getByRole('button', { name: /Read by 3 of 5/u }));
    expect(fake.calls).toEqual([['receipts', 7]]);
  });

  it('counts nobody in a direct conversation', () => {
    show(fakeChat({ kind: 'direct' }), {
      receipts: { read: 1, delivered: 1, total: 1 },
      status: 'read',
    });
    expect(screen.queryByText(/\//u)).toBeNull();
    expect(screen.getByRole('img', { name: 'Read' })).toBeDefined();
  });

  it('says that somebody who is mentioned has left', () => {
    const refused = { code: 'invalid_field', message: 'dev', retryable: false } as const;
    show(fakeChat(), {
      status: 'failed',
      error: new MagpieError({ ...refused, field: 'mentions.users' }),
    });
    expect(screen.getByText(/mentioned is no longer in this conversation/u)).toBeDefined();
  });

  it('says why a message failed and offers to retry or discard it', async () => {
    const fake = fakeChat();
    const error = new MagpieError({ code: 'rate_limited', message: 'dev', retryable: true });
    show(fake, { status: 'failed', error });
    expect(screen.getByText('Not sent: Too many attempts. Please wait a moment.')).toBeDefined();
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    await userEvent.click(screen.getByRole('button', { name: 'Discard' }));
    expect(fake.calls).toEqual([
      ['retry', 'l1'],
      ['discard', 'l1'],
    ]);
  });
});
