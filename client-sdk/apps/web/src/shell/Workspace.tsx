import type { Client } from '@magpie/sdk';
import { MagpieProvider } from '@magpie/sdk/react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNarrow } from '../app/useNarrow';
import { ChatPane } from '../chat/ChatPane';
import { forgetTexts } from '../chat/recalledTexts';
import { ConversationList } from '../conversations/ConversationList';
import { AccountMenu } from './AccountMenu';
import { ConnectionBanner } from './ConnectionBanner';
import { Dialogs } from './Dialogs';
import type { DialogName } from './dialogs';
import { TitleCount } from './TitleCount';
import { useLogout } from './useLogout';
import { useShortcuts } from './useShortcuts';

interface Props {
  readonly client: Client;
  readonly conversation: string | undefined;
  readonly logout: () => Promise<void>;
}

/** List and chat side by side; on a phone one of them. */
export default function Workspace({ client, conversation, logout }: Props) {
  const { t } = useTranslation();
  const askAndLogOut = useLogout(client, logout);
  const narrow = useNarrow();
  const [dialog, setDialog] = useState<DialogName>();

  useEffect(() => client.preventUnload(), [client]);
  useEffect(() => forgetTexts, []);
  useShortcuts(useMemo(() => ({ k: () => setDialog('switch'), '/': () => setDialog('help') }), []));

  const showList = !narrow || conversation === undefined;
  const showChat = !narrow || conversation !== undefined;
  return (
    <MagpieProvider client={client}>
      <TitleCount />
      <div className="workspace">
        <ConnectionBanner />
        <div className="panes">
          {showList && (
            <aside className="list-pane">
              <AccountMenu open={setDialog} logout={askAndLogOut} />
              <ConversationList selected={conversation} onCreate={() => setDialog('create')} />
            </aside>
          )}
          {showChat && conversation !== undefined && (
            <ChatPane key={conversation} id={conversation} />
          )}
          {showChat && conversation === undefined && (
            <main className="centered hint">{t('list.choose')}</main>
          )}
        </div>
      </div>
      <Dialogs dialog={dialog} onClose={() => setDialog(undefined)} />
    </MagpieProvider>
  );
}
