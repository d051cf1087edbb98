import { useTyping, useUsers } from '@magpie/sdk/react';
import { useTranslation } from 'react-i18next';
import { visibleName } from '../text/visibleControls';

/** Keeps its height when nobody writes, so that the list does not jump. */
export function TypingLine({ id }: { id: string }) {
  const typing = useTyping(id);
  return (
    <div className="typing-line" aria-live="polite">
      {typing.length > 0 && <TypingText ids={typing} />}
    </div>
  );
}

function TypingText({ ids }: { ids: readonly string[] }) {
  const { t } = useTranslation();
  const users = useUsers(ids);
  const name = (at: number) => visibleName(users.get(ids[at] ?? '')?.displayName ?? '—');
  if (ids.length === 1) return t('chat.typingOne', { name: name(0) });
  if (ids.length === 2) return t('chat.typingTwo', { first: name(0), second: name(1) });
  return t('chat.typingMany', { count: ids.length });
}
