import type { Conversation, Member } from '@magpie/sdk';
import { useClient } from '@magpie/sdk/react';
import { useTranslation } from 'react-i18next';
import { InviteDialog } from './InviteDialog';
import { LineDialog } from './LineDialog';

export type GroupDialogName = 'invite' | 'rename' | 'announce';

interface Props {
  readonly dialog: GroupDialogName | undefined;
  readonly conversation: Conversation;
  readonly members: readonly Member[];
  readonly onClose: () => void;
}

export function GroupDialogs({ dialog, conversation, members, onClose }: Props) {
  const { t } = useTranslation();
  const handle = useClient().conversation(conversation.id);
  switch (dialog) {
    case 'invite':
      return <InviteDialog handle={handle} members={members} onClose={onClose} />;
    case 'rename':
      return (
        <LineDialog
          title={t('members.rename')}
          label={t('members.name')}
          initial={conversation.name ?? ''}
          longest={64}
          mayBeEmpty={false}
          save={(name) => handle.rename(name)}
          onClose={onClose}
        />
      );
    case 'announce':
      return (
        <LineDialog
          title={t('members.announcement')}
          label={t('members.announcementText')}
          initial={conversation.announcement ?? ''}
          longest={500}
          mayBeEmpty
          save={(text) => handle.announce(text)}
          onClose={onClose}
        />
      );
    default:
      return null;
  }
}
