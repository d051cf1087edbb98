import { redeemLink } from '@magpie/sdk';
import { Alert, Button, Input } from 'antd';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../app/errorText';
import { LanguageSwitch } from './LanguageSwitch';
import { LoginFrame } from './LoginFrame';

const SHORTEST = 8;

/** Sets a password with a single-use link; its token stands in the fragment, which no log sees. */
export function LinkPage({ token }: { token: string }) {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const [repeat, setRepeat] = useState('');
  const [failure, setFailure] = useState<string>();
  const [username, setUsername] = useState<string>();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (Array.from(password).length < SHORTEST) return setFailure(t('link.short'));
    if (password !== repeat) return setFailure(t('link.differ'));
    try {
      const user = await redeemLink({ url: location.origin }, token, password);
      history.replaceState(null, '', '/link');
      setUsername(user.username);
    } catch (error) {
      setFailure(errorText(t, error));
    }
  };

  if (username !== undefined) {
    return (
      <LoginFrame title={t('link.title')}>
        <Alert type="success" showIcon title={t('link.success', { username })} />
        <Button type="primary" href="/">
          {t('link.toLogin')}
        </Button>
      </LoginFrame>
    );
  }
  return (
    <LoginFrame title={t('link.title')}>
      {token === '' && <Alert type="error" showIcon title={t('link.missing')} />}
      {failure !== undefined && <Alert type="error" showIcon title={failure} />}
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <label>
          <span>{t('link.password')}</span>
          <Input.Password
            autoComplete="new-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </label>
        <label>
          <span>{t('link.repeat')}</span>
          <Input.Password
            autoComplete="new-password"
            value={repeat}
            onChange={(event) => setRepeat(event.target.value)}
          />
        </label>
        <Button type="primary" htmlType="submit" size="large" disabled={token === ''}>
          {t('link.submit')}
        </Button>
      </form>
      <LanguageSwitch />
    </LoginFrame>
  );
}
