import { MoreOutlined } from '@ant-design/icons';
import type { Conversation, Member } from '@magpie/sdk';
import { Button, Dropdown, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { PresenceAvatar } from '../people/PresenceAvatar';
import { visibleName } from '../text/visibleControls';
import { useMemberMenu } from './useMemberMenu';

interface Props {
  readonly member: Member;
  readonly conversation: Conversation;
  readonly isMe: boolean;
}

export function MemberRow({ member, conversation, isMe }: Props) {
  const { t } = useTranslation();
  const { user, role } = member;
  const name = visibleName(user.displayName);
  const menu = useMemberMenu(member, conversation, isMe);
  return (
    <li className="person member-row" data-testid="member">
      <PresenceAvatar id={user.id} name={name} picture={user.avatar} size={32} />
      <span className="member-name">
        <span dir="auto">
          {name} {isMe && <small>({t('common.you')})</small>}
        </span>
        <small>{[user.department, user.jobTitle].filter(Boolean).join(' · ')}</small>
      </span>
      {role !== 'member' && conversation.kind === 'group' && (
        <Tag color={role === 'owner' ? 'gold' : 'blue'}>{t(`members.${role}`)}</Tag>
      )}
      {menu.items !== undefined && menu.items.length > 0 && (
        <Dropdown trigger={['click']} menu={menu}>
          <Button
            type="text"
            size="small"
            icon={<MoreOutlined />}
            aria-label={t('members.actions', { name })}
          />
        </Dropdown>
      )}
    </li>
  );
}
