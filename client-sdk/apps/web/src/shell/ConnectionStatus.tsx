import type { ConnectionState } from '@magpie/sdk';
import { useClient, useConnection } from '@magpie/sdk/react';
import { useTranslation } from 'react-i18next';

/** Whether the page is connected, and to which node. */
export function ConnectionStatus() {
  const { t } = useTranslation();
  const { server } = useClient();
  const state = useConnection();
  const kind = kindOf(state);
  const node = kind === 'connected' ? server?.node : undefined;
  return (
    <span className="connection-status" data-testid="connection" data-node={node}>
      <span className={`status-light status-${state.status}`} />
      <span>
        {t(`connection.short.${kind}`)}
        {node !== undefined && ` · ${node}`}
      </span>
    </span>
  );
}

function kindOf({ status }: ConnectionState): 'connected' | 'reconnecting' | 'offline' {
  switch (status) {
    case 'live':
    case 'catching-up':
      return 'connected';
    case 'closed':
      return 'offline';
    default:
      // Without a network nothing is tried before it is back.
      return navigator.onLine ? 'reconnecting' : 'offline';
  }
}
