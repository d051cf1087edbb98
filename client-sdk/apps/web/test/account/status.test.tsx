import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import StatusDialog from '../../src/account/StatusDialog';
import { statusEnd } from '../../src/account/statusEnd';
import { FakePresence, WithPresence } from '../kit/fakePresence';

describe('the end of a status', () => {
  // A Wednesday.
  const now = new Date(2026, 0, 28, 15, 10);

  it('is a span from now', () => {
    expect(statusEnd('minutes30', now)).toEqual(new Date(2026, 0, 28, 15, 40));
    expect(statusEnd('hour', now)).toEqual(new Date(2026, 0, 28, 16, 10));
    expect(statusEnd('hours4', now)).toEqual(new Date(2026, 0, 28, 19, 10));
    expect(statusEnd('never', now)).toBeUndefined();
  });

  it('is the end of the day or of the week', () => {
    expect(statusEnd('today', now)).toEqual(new Date(2026, 0, 29));
    expect(statusEnd('week', now)).toEqual(new Date(2026, 1, 2));
    expect(statusEnd('week', new Date(2026, 1, 1, 23))).toEqual(new Date(2026, 1, 2));
    expect(statusEnd('week', new Date(2026, 1, 2))).toEqual(new Date(2026, 1, 9));
  });
});

function open(presence: FakePresence) {
  const onClose = vi.fn<() => void>();
  render(
    <WithPresence presence={presence}>
      <StatusDialog onClose={onClose} />
    </WithPresence>,
  );
  return onClose;
}

it('a status is set with its emoji and its end', async () => {
  const presence = new FakePresence();
  const onClose = open(presence);
  const save = screen.getByRole<HTMLButtonElement>('button', { name: 'Save' });
  expect(save.disabled).toBe(true);
  await userEvent.type(screen.getByRole('textbox'), ' 开会 ');
  await userEvent.click(screen.getByRole('button', { name: 'Emoji' }));
  await userEvent.click(await screen.findByRole('button', { name: '☕' }));
  await userEvent.click(screen.getByLabelText('1 hour'));
  const from = Date.now();
  await userEvent.click(save);
  const [name, status] = presence.calls[0] as [string, { until: Date }];
  expect([name, status]).toMatchObject(['setStatus', { text: '开会', emoji: '☕' }]);
  expect(Math.abs(status.until.getTime() - from - 3_600_000)).toBeLessThan(60_000);
  expect(onClose).toHaveBeenCalledOnce();
});

it('a status keeps its end unless another is chosen, and can be cleared', async () => {
  const until = '2099-01-01T00:00:00Z';
  const presence = new FakePresence({ status: { text: '休假', until } });
  const onClose = open(presence);
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await userEvent.click(screen.getByRole('button', { name: 'Clear status' }));
  expect(presence.calls).toEqual([
    ['setStatus', { text: '休假', until }],
    ['clearStatus', undefined],
  ]);
  expect(onClose).toHaveBeenCalledTimes(2);
});
