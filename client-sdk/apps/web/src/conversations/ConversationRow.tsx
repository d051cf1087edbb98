import { BellOutlined, MoreOutlined, PushpinFilled } from '@ant-design/icons';
import type { Conversation } from '@magpie/sdk';
import { Button, Dropdown } from 'antd';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { openConversation } from '../app/useRoute';
import { useLocale } from '../app/useLocale';
import { useNow } from '../app/useNow';
import { shortWhen } from '../format/time';
import { Avatar } from '../people/Avatar';
import { PresenceAvatar } from '../people/PresenceAvatar';
import { conversationName } from './conversationName';
import { MessagePreview } from './MessagePreview';
import { UnreadMark } from './UnreadMark';
import { useSettingsMenu } from './useSettingsMenu';

interface Props {
  readonly conversation: Conversation;
  readonly selected: boolean;
}

export const ConversationRow = memo(function ConversationRow({ conversation, selected }: Props) {
  const { t } = useTranslation();
  const locale = useLocale();
  const now = useNow();
  const menu = useSettingsMenu(conversation);
  const name = conversationName(conversation);
  const { me, peer } = conversation;
  const classes = ['conversation-row', selected && 'selected', me.pinned && 'pinned'];
  return (
    <Dropdown trigger={['contextMenu']} menu={menu}>
      <li className={classes.filter(Boolean).join(' ')}>
        <a
          href={`/c/${conversation.id}`}
          aria-current={selected ? 'page' : undefined}
          data-testid="conversation"
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            openConversation(conversation.id);
          }}
        >
          {peer === undefined ? (
            <Avatar id={conversation.id} name={name} size={40} />
          ) : (
            <PresenceAvatar id={peer.id} name={name} picture={peer.avatar} size={40} />
          )}
          <span className="conversation-text">
            <span className="conversation-top">
              <span className="conversation-name" dir="auto">
                {name}
              </span>
              {me.muted && (
                <BellOutlined className="faint muted-bell" aria-label={t('list.muted')} />
              )}
              {me.pinned && <PushpinFilled className="faint" aria-label={t('list.pinned')} />}
              <time className="faint" dateTime={conversation.activeAt}>
                {shortWhen(new Date(conversation.activeAt), new Date(now), locale)}
              </time>
            </span>
            <span className="conversation-bottom">
              {me.mentions > 0 && (
                <span className="mention-mark" title={t('list.mentioned')}>
                  [{t('list.mentioned')}]
                </span>
              )}
              <span className="conversation-preview" dir="auto">
                <MessagePreview conversation={conversation} />
              </span>
              <UnreadMark me={me} />
            </span>
          </span>
        </a>
        <Dropdown trigger={['click']} menu={menu}>
          <Button
            className="row-menu"
            type="text"
            size="small"
            icon={<MoreOutlined />}
            aria-label={t('list.actions', { name })}
          />
        </Dropdown>
      </li>
    </Dropdown>
  );
});
