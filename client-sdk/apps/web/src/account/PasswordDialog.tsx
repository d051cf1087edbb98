import { useClient } from '@magpie/sdk/react';
import { Alert, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../app/useAct';

const SHORTEST = 8;

export default function PasswordDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const client = useClient();
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const [repeat, setRepeat] = useState('');
  const differ = repeat !== '' && repeat !== newPassword;
  const ready =
    currentPassword !== '' && Array.from(newPassword).length >= SHORTEST && repeat === newPassword;

  const change = async () => {
    const work = client.request('password.change', { currentPassword, newPassword });
    if (await act(work, t('account.passwordChanged'))) onClose();
  };
  const fields = [
    [t('account.currentPassword'), currentPassword, setCurrent, 'current-password'],
    [t('account.newPassword'), newPassword, setNew, 'new-password'],
    [t('link.repeat'), repeat, setRepeat, 'new-password'],
  ] as const;
  return (
    <Modal
      open
      title={t('account.password')}
      okText={t('common.save')}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: !ready }}
      onOk={() => void change()}
      onCancel={onClose}
    >
      <div className="stack">
        {fields.map(([label, value, set, autoComplete]) => (
          <label key={label}>
            <span>{label}</span>
            <Input.Password
              autoComplete={autoComplete}
              value={value}
              onChange={(event) => set(event.target.value)}
            />
          </label>
        ))}
        <p className="hint">{t('link.short')}</p>
        {differ && <Alert type="warning" title={t('link.differ')} />}
      </div>
    </Modal>
  );
}
