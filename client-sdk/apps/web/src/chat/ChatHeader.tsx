import {
  ArrowLeftOutlined,
  CalendarOutlined,
  PushpinOutlined,
  TeamOutlined,
} from '@ant-design/icons';
import type { Conversation } from '@magpie/sdk';
import { usePresence } from '@magpie/sdk/react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNarrow } from '../app/useNarrow';
import { openConversation } from '../app/useRoute';
import { conversationName } from '../conversations/conversationName';
import { Avatar } from '../people/Avatar';
import { PresenceAvatar } from '../people/PresenceAvatar';
import { PresenceLine } from '../people/PresenceLine';

interface Props {
  readonly conversation: Conversation;
  readonly onDate: () => void;
  readonly onPins: () => void;
  readonly onMembers: () => void;
}

export function ChatHeader({ conversation, onDate, onPins, onMembers }: Props) {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const name = conversationName(conversation);
  const { peer } = conversation;
  const presence = usePresence(peer?.id);
  return (
    <header className="pane-head chat-head">
      {narrow && (
        <Button
          type="text"
          icon={<ArrowLeftOutlined />}
          aria-label={t('common.back')}
          onClick={() => openConversation(undefined)}
        />
      )}
      {peer === undefined ? (
        <Avatar id={conversation.id} name={name} size={36} />
      ) : (
        <PresenceAvatar id={peer.id} name={name} picture={peer.avatar} size={36} />
      )}
      <div className="chat-title">
        <h1 dir="auto">{name}</h1>
        <small>
          {peer === undefined
            ? t('chat.memberCount', { count: conversation.memberCount })
            : [peer.department, peer.jobTitle].filter(Boolean).join(' · ')}
          {presence !== undefined && (
            <>
              {(peer?.department ?? peer?.jobTitle) !== undefined && ' · '}
              <PresenceLine presence={presence} />
            </>
          )}
        </small>
      </div>
      <Button
        type="text"
        icon={<CalendarOutlined />}
        aria-label={t('chat.jumpToDate')}
        title={t('chat.jumpToDate')}
        onClick={onDate}
      />
      <Button
        type="text"
        icon={<PushpinOutlined />}
        aria-label={t('chat.pins')}
        title={t('chat.pins')}
        onClick={onPins}
      />
      <Button
        type="text"
        icon={<TeamOutlined />}
        aria-label={t('chat.members')}
        title={t('chat.members')}
        onClick={onMembers}
      />
    </header>
  );
}
