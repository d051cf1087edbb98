import type { Session } from '@magpie/sdk';
import { useClient } from '@magpie/sdk/react';
import { Button, Modal, Popconfirm, Spin, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../app/useLocale';
import { dayAndClock } from '../format/time';
import { visibleName } from '../text/visibleControls';
import { useAct } from '../app/useAct';
import { useSessions } from './useSessions';

/** My devices. */
export default function SessionsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { sessions, reload } = useSessions();
  return (
    <Modal open title={t('account.sessions')} footer={null} onCancel={onClose}>
      <p className="hint">{t('account.sessionsHint')}</p>
      {sessions === undefined && <Spin />}
      <ul className="plain-list">
        {sessions?.map((session) => (
          <Device key={session.id} session={session} onRevoked={reload} />
        ))}
      </ul>
    </Modal>
  );
}

function Device({ session, onRevoked }: { session: Session; onRevoked: () => void }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const act = useAct();
  const client = useClient();
  const revoke = async () => {
    if (await act(client.request('session.revoke', { session: session.id }))) onRevoked();
  };
  const when = dayAndClock(new Date(session.lastSeenAt), locale);
  return (
    <li className="person member-row">
      <span className="member-name">
        <span dir="auto">{visibleName(session.device)}</span>
        <small>
          {[t('account.lastSeen', { when }), session.address].filter(Boolean).join(' · ')}
        </small>
      </span>
      {session.current ? (
        <Tag color="green">{t('account.thisDevice')}</Tag>
      ) : (
        <Popconfirm
          title={t('account.revokeConfirm')}
          okText={t('account.revoke')}
          cancelText={t('common.cancel')}
          onConfirm={() => void revoke()}
        >
          <Button size="small" danger>
            {t('account.revoke')}
          </Button>
        </Popconfirm>
      )}
    </li>
  );
}
