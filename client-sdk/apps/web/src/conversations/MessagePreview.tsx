import type { Conversation, Message } from '@magpie/sdk';
import { useTranslation } from 'react-i18next';
import { useNameOrYou } from '../people/useName';
import { plainPreview } from '../text/plainPreview';
import { usePreviewText } from './usePreviewText';

/** The second line of a conversation: the draft, or the last message with its sender in a group. */
export function MessagePreview({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const { draft } = conversation.me;
  if (draft !== undefined) {
    return (
      <>
        <span className="draft-mark">[{t('list.draft')}]</span> {plainPreview(draft.text, 60)}
      </>
    );
  }
  if (conversation.lastMessage === undefined) return t('list.noMessages');
  return <LastMessage message={conversation.lastMessage} group={conversation.kind === 'group'} />;
}

function LastMessage({ message, group }: { message: Message; group: boolean }) {
  const sender = useNameOrYou(message.sender);
  const text = usePreviewText(message);
  return group && message.body !== undefined ? `${sender}: ${text}` : text;
}
