import type { Presence } from '@magpie/sdk';
import { render } from '@testing-library/react';
import { expect, it } from 'vitest';
import { PresenceLine } from '../../src/people/PresenceLine';
import { OTHER } from '../kit/samples';

const line = (more: Partial<Presence>) =>
  render(<PresenceLine presence={{ user: OTHER, state: 'offline', version: 1, ...more }} />)
    .container.textContent;

it('names the state and the status', () => {
  expect(line({ state: 'busy' })).toBe('busy');
  expect(line({ state: 'online', status: { emoji: '📅', text: '开会' } })).toBe('online · 📅 开会');
});

it('says when somebody was there last, where it is given', () => {
  expect(line({ lastSeenAt: '2025-03-04T12:00:00Z' })).toMatch(/^last seen .*2025/u);
  expect(line({})).toBe('offline');
});
