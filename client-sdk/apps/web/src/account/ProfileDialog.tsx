import type { Me } from '@magpie/sdk';
import { useClient } from '@magpie/sdk/react';
import { Input, Modal, Spin } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../app/useAct';
import { changeLanguage, type Language } from '../i18n/startI18n';
import { ProfileLanguage } from './ProfileLanguage';

/** My name, job title and language; the language is also that of texts the server makes for me. */
export default function ProfileDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const client = useClient();
  const [profile, setProfile] = useState<Me>();
  const [name, setName] = useState('');
  const [jobTitle, setJobTitle] = useState('');
  const [locale, setLocale] = useState<Language>('zh-CN');

  useEffect(() => {
    const load = async () => {
      const me = await client.request('profile.get', {});
      setProfile(me);
      setName(me.user.displayName);
      setJobTitle(me.user.jobTitle ?? '');
      setLocale(me.locale);
    };
    void act(load());
  }, [client, act]);

  const save = async () => {
    const changes = { displayName: name.trim(), jobTitle: jobTitle.trim(), locale };
    if (!(await act(client.request('profile.update', changes), t('account.saved')))) return;
    changeLanguage(locale);
    onClose();
  };
  return (
    <Modal
      open
      title={t('account.profile')}
      okText={t('common.save')}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: profile === undefined || name.trim() === '' }}
      onOk={() => void save()}
      onCancel={onClose}
    >
      {profile === undefined ? (
        <Spin />
      ) : (
        <div className="stack">
          <p className="hint">{profile.user.username}</p>
          <label>
            <span>{t('account.displayName')}</span>
            <Input maxLength={64} value={name} onChange={(event) => setName(event.target.value)} />
          </label>
          <label>
            <span>{t('account.jobTitle')}</span>
            <Input
              maxLength={64}
              value={jobTitle}
              onChange={(event) => setJobTitle(event.target.value)}
            />
          </label>
          <ProfileLanguage value={locale} onChange={setLocale} />
        </div>
      )}
    </Modal>
  );
}
