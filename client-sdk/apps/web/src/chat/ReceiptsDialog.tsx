import type { MessageReceipt } from '@magpie/sdk';
import { useReceipts } from '@magpie/sdk/react';
import { Alert, Modal, Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import { errorText } from '../app/errorText';
import { useLocale } from '../app/useLocale';
import { compareNames } from '../format/names';
import { Avatar } from '../people/Avatar';
import { visibleName } from '../text/visibleControls';
import { useChat } from './chatContext';
import { useMoreReceipts } from './useMoreReceipts';

export function ReceiptsDialog({ seq, onClose }: { seq: number; onClose: () => void }) {
  const { t } = useTranslation();
  const { handle } = useChat();
  const { receipts, error } = useReceipts(handle.id, seq);
  const items = useMoreReceipts(handle, seq, receipts);
  const read = items.filter((one) => one.state === 'read');
  const unread = items.filter((one) => one.state !== 'read');
  return (
    <Modal open title={t('receipts.title')} footer={null} onCancel={onClose}>
      {error !== undefined && <Alert type="error" title={errorText(t, error)} />}
      {receipts === undefined && error === undefined && <Spin />}
      {receipts !== undefined && (
        <div className="two-columns">
          <People
            title={t('receipts.read', { count: receipts.readCount })}
            items={read}
            testId="receipts-read"
          />
          <People
            title={t('receipts.unread', { count: receipts.total - receipts.readCount })}
            items={unread}
            testId="receipts-unread"
          />
        </div>
      )}
    </Modal>
  );
}

interface PeopleProps {
  readonly title: string;
  readonly items: readonly MessageReceipt[];
  readonly testId: string;
}

function People({ title, items, testId }: PeopleProps) {
  const { t } = useTranslation();
  const compare = compareNames(useLocale());
  const sorted = items.toSorted((a, b) => compare(a.user.displayName, b.user.displayName));
  return (
    <section aria-label={title} data-testid={testId}>
      <h3>{title}</h3>
      <ul className="plain-list scroll-box">
        {sorted.map(({ user, state }) => (
          <li key={user.id} className="person">
            <Avatar id={user.id} name={user.displayName} picture={user.avatar} size={28} />
            <span dir="auto">{visibleName(user.displayName)}</span>
            {state === 'delivered' && <small>{t('receipts.delivered')}</small>}
          </li>
        ))}
      </ul>
    </section>
  );
}
