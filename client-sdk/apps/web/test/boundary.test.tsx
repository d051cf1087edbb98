import { render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { Boundary } from '../src/app/Boundary';

afterEach(() => vi.restoreAllMocks());

function Broken(): never {
  throw new Error('a bug');
}

it('offers to reload in place of a part that threw', () => {
  vi.spyOn(console, 'error').mockReturnValue();
  render(
    <Boundary>
      <Broken />
    </Boundary>,
  );
  expect(screen.getByRole('alert').textContent).toBe('Something went wrong.Reload');
});
