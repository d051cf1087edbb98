import type { OwnState } from '@magpie/sdk';
import { useTranslation } from 'react-i18next';
import { shortCount } from '../format/count';

/** The number of unread messages; of a muted conversation only a grey dot. */
export function UnreadMark({ me }: { me: Pick<OwnState, 'unread' | 'muted' | 'mentions'> }) {
  const { t } = useTranslation();
  if (me.unread === 0) return null;
  const label = t('list.unread', { count: me.unread });
  if (me.muted) return <span className="unread-dot" role="img" aria-label={label} title={label} />;
  return (
    <span className="unread-count" aria-label={label} title={label}>
      {shortCount(me.unread)}
    </span>
  );
}
