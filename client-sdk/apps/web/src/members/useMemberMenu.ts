import type { Conversation, Member } from '@magpie/sdk';
import { useClient } from '@magpie/sdk/react';
import { App, type MenuProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAct } from '../app/useAct';
import { visibleName } from '../text/visibleControls';
import { memberActs, type MemberAct } from './memberRights';

export function useMemberMenu(
  member: Member,
  conversation: Conversation,
  isMe: boolean,
): MenuProps {
  const { t } = useTranslation();
  const act = useAct();
  const { modal } = App.useApp();
  const handle = useClient().conversation(conversation.id);
  const { user } = member;
  const name = visibleName(user.displayName);

  const confirm = (title: string, okText: string, work: () => Promise<unknown>) =>
    modal.confirm({ title, okText, cancelText: t('common.cancel'), onOk: () => act(work()) });

  const entries: Readonly<Record<MemberAct, { label: string; onClick: () => void }>> = {
    'make-admin': {
      label: t('members.makeAdmin'),
      onClick: () => void act(handle.setRole(user.id, 'admin')),
    },
    'unmake-admin': {
      label: t('members.unmakeAdmin'),
      onClick: () => void act(handle.setRole(user.id, 'member')),
    },
    'hand-over': {
      label: t('members.handOver'),
      onClick: () =>
        confirm(t('members.handOverConfirm', { name }), t('members.handOver'), () =>
          handle.setRole(user.id, 'owner'),
        ),
    },
    remove: {
      label: t('members.remove'),
      onClick: () =>
        confirm(t('members.removeConfirm', { name }), t('common.remove'), () =>
          handle.remove(user.id),
        ),
    },
  };
  if (isMe || conversation.kind === 'direct') return { items: [] };
  const acts = memberActs(conversation.me.role, member.role);
  return {
    items: acts.map((key) => ({ key, danger: key === 'remove', ...entries[key] })),
  };
}
