import { MagpieError } from '@magpie/sdk';
import { act, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { changeLanguage } from '../../src/i18n/startI18n';
import { LoginPage } from '../../src/login/LoginPage';

const failing = (code: string, retryAfterMs?: number) => () =>
  Promise.reject(
    new MagpieError({ code, message: 'for developers', retryable: false, retryAfterMs }),
  );

async function logIn(login: (username: string, password: string) => Promise<void>) {
  render(<LoginPage login={login} />);
  await userEvent.type(screen.getByLabelText('User name'), ' li.na ');
  await userEvent.type(screen.getByLabelText('Password'), 'secret 1');
  await userEvent.click(screen.getByRole('button', { name: 'Log in' }));
}

afterEach(() => act(() => changeLanguage('en')));

describe('the login page', () => {
  it('logs in with what was typed, spaces around the name aside', async () => {
    const typed: string[][] = [];
    await logIn((...args) => {
      typed.push(args);
      return Promise.resolve();
    });
    expect(typed).toEqual([['li.na', 'secret 1']]);
  });

  it.each([
    ['wrong_credentials', 'User name or password is wrong.'],
    ['http_error', 'The server cannot be reached. Check the network and try again.'],
    ['something_new', 'It did not work (something_new).'],
  ])('%s reads: %s', async (code, text) => {
    await logIn(failing(code));
    expect((await screen.findByRole('alert')).textContent).toBe(text);
    expect(screen.getByLabelText<HTMLInputElement>('Password').value).toBe('');
  });

  it('after too many attempts it says for how long to wait, and waits', async () => {
    await logIn(failing('rate_limited', 4200));
    expect((await screen.findByRole('alert')).textContent).toContain('Try again in 5 s');
    await userEvent.type(screen.getByLabelText('Password'), 'again');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: /Log in/u }).disabled).toBe(true);
  });

  it('changes its language', async () => {
    render(<LoginPage login={() => Promise.resolve()} notice="ended" />);
    await userEvent.click(screen.getByText('中文'));
    expect(screen.getByRole('alert').textContent).toBe('您已在此设备上退出登录。');
    expect(document.documentElement.lang).toBe('zh-CN');
  });
});
