import { Alert, Button, Input } from 'antd';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Notice } from '../app/useSession';
import { LanguageSwitch } from './LanguageSwitch';
import { LoginFrame } from './LoginFrame';
import { useLoginFailure } from './useLoginFailure';

interface Props {
  readonly login: (username: string, password: string) => Promise<void>;
  readonly notice?: Notice | undefined;
}

export function LoginPage({ login, notice }: Props) {
  const { t } = useTranslation();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const failure = useLoginFailure();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    failure.clear();
    try {
      await login(username.trim(), password);
    } catch (error) {
      failure.show(error);
      setPassword('');
      setBusy(false);
    }
  };

  return (
    <LoginFrame title={t('login.title')}>
      {notice !== undefined && failure.text === undefined && (
        <Alert
          type={notice === 'unfinished' || notice === 'kept' ? 'warning' : 'info'}
          showIcon
          title={t(`login.${notice}`)}
        />
      )}
      {failure.text !== undefined && <Alert type="error" showIcon title={failure.text} />}
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <label>
          <span>{t('login.username')}</span>
          <Input
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            autoFocus
            required
            value={username}
            onChange={(event) => setUsername(event.target.value)}
          />
        </label>
        <label>
          <span>{t('login.password')}</span>
          <Input.Password
            name="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </label>
        <Button
          type="primary"
          htmlType="submit"
          size="large"
          loading={busy}
          disabled={failure.waiting || username.trim() === '' || password === ''}
        >
          {t('login.submit')}
        </Button>
      </form>
      <p className="hint">{t('login.help')}</p>
      <LanguageSwitch />
    </LoginFrame>
  );
}
