import type { Conversation } from '@magpie/sdk';
import { useMe } from '@magpie/sdk/react';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SidePanel } from '../chat/SidePanel';
import { GroupDialogs, type GroupDialogName } from './GroupDialogs';
import { GroupSettings } from './GroupSettings';
import { MemberRow } from './MemberRow';
import { OwnSettings } from './OwnSettings';
import { sortMembers } from './sortMembers';
import { useLocale } from '../app/useLocale';
import { useMembers } from './useMembers';

interface Props {
  readonly conversation: Conversation;
  readonly onClose: () => void;
}

export function MembersPanel({ conversation, onClose }: Props) {
  const { t } = useTranslation();
  const locale = useLocale();
  const me = useMe();
  const members = useMembers(conversation.id);
  const [dialog, setDialog] = useState<GroupDialogName>();
  const group = conversation.kind === 'group';
  const leads = group && conversation.me.role !== 'member';
  return (
    <SidePanel title={t('members.title', { count: conversation.memberCount })} onClose={onClose}>
      {leads && (
        <Button block onClick={() => setDialog('invite')}>
          {t('members.invite')}
        </Button>
      )}
      <ul className="plain-list" aria-label={t('chat.members')}>
        {sortMembers(members, locale).map((member) => (
          <MemberRow
            key={member.user.id}
            member={member}
            conversation={conversation}
            isMe={member.user.id === me?.user}
          />
        ))}
      </ul>
      <OwnSettings conversation={conversation} />
      {group && <GroupSettings conversation={conversation} leads={leads} open={setDialog} />}
      <GroupDialogs
        dialog={dialog}
        conversation={conversation}
        members={members}
        onClose={() => setDialog(undefined)}
      />
    </SidePanel>
  );
}
