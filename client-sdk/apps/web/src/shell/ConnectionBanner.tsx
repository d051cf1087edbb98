import { useConnection, useSyncStatus } from '@magpie/sdk/react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../app/errorText';

/** Says when the page is not up to date, and how much still waits to be sent. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  const state = useConnection();
  const { pending } = useSyncStatus();
  if (state.status === 'live') return null;
  const waiting = pending > 0 ? ` ${t('connection.unsent', { count: pending })}` : '';
  return (
    <div className={`banner banner-${state.status}`} role="status" data-status={state.status}>
      {text()}
      {waiting}
    </div>
  );

  function text(): string {
    switch (state.status) {
      case 'catching-up':
        return t('connection.catchingUp');
      case 'offline':
        return t('connection.offline');
      case 'closed':
        return state.error === undefined ? t('connection.closed') : errorText(t, state.error);
      default:
        return t('connection.connecting');
    }
  }
}
