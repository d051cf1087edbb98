import { lazy, Suspense } from 'react';
import { NewConversationDialog } from '../conversations/NewConversationDialog';
import type { DialogName } from './dialogs';
import { QuickSwitcher } from './QuickSwitcher';

const HelpDialog = lazy(() => import('./HelpDialog'));
const ProfileDialog = lazy(() => import('../account/ProfileDialog'));
const StatusDialog = lazy(() => import('../account/StatusDialog'));
const SessionsDialog = lazy(() => import('../account/SessionsDialog'));
const PasswordDialog = lazy(() => import('../account/PasswordDialog'));

interface Props {
  readonly dialog: DialogName | undefined;
  readonly onClose: () => void;
}

export function Dialogs({ dialog, onClose }: Props) {
  return <Suspense fallback={null}>{content()}</Suspense>;

  function content() {
    switch (dialog) {
      case 'create':
        return <NewConversationDialog onClose={onClose} />;
      case 'switch':
        return <QuickSwitcher onClose={onClose} />;
      case 'help':
        return <HelpDialog onClose={onClose} />;
      case 'profile':
        return <ProfileDialog onClose={onClose} />;
      case 'status':
        return <StatusDialog onClose={onClose} />;
      case 'sessions':
        return <SessionsDialog onClose={onClose} />;
      case 'password':
        return <PasswordDialog onClose={onClose} />;
      default:
        return null;
    }
  }
}
