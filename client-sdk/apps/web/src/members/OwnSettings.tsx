import type { Conversation } from '@magpie/sdk';
import { useClient } from '@magpie/sdk/react';
import { Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAct } from '../app/useAct';

export function OwnSettings({ conversation: { id, me } }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const act = useAct();
  const handle = useClient().conversation(id);
  const settings = [
    { label: t('list.pin'), on: me.pinned, set: handle.pinToTop.bind(handle) },
    { label: t('list.mute'), on: me.muted, set: handle.mute.bind(handle) },
    { label: t('list.archive'), on: me.archived, set: handle.archive.bind(handle) },
  ];
  return (
    <section className="side-section">
      <h3>{t('members.settings')}</h3>
      {settings.map(({ label, on, set }) => (
        <label key={label} className="setting">
          <span>{label}</span>
          <Switch checked={on} onChange={(next) => void act(set(next))} />
        </label>
      ))}
    </section>
  );
}
