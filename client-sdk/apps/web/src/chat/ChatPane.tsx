import { useConversation, useMe } from '@magpie/sdk/react';
import { Button, Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import { openConversation } from '../app/useRoute';
import { OpenChat } from './OpenChat';
import { useGone } from './useGone';

/** One conversation, once it is loaded; says so when it cannot be read any more. */
export function ChatPane({ id }: { id: string }) {
  const { t } = useTranslation();
  const { conversation } = useConversation(id);
  const me = useMe();
  const gone = useGone(id, conversation === undefined);
  if (gone) {
    return (
      <main className="centered hint">
        <p>{t('chat.gone')}</p>
        <Button onClick={() => openConversation(undefined)}>{t('common.back')}</Button>
      </main>
    );
  }
  if (conversation === undefined || me === undefined) {
    return (
      <main className="centered" aria-busy="true">
        <Spin />
      </main>
    );
  }
  return <OpenChat conversation={conversation} me={me.user} />;
}
