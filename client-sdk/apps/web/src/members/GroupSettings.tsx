import type { Conversation } from '@magpie/sdk';
import { useClient } from '@magpie/sdk/react';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAct } from '../app/useAct';
import type { GroupDialogName } from './GroupDialogs';

interface Props {
  readonly conversation: Conversation;
  /** Owner or admin. */
  readonly leads: boolean;
  readonly open: (dialog: GroupDialogName) => void;
}

export function GroupSettings({ conversation, leads, open }: Props) {
  const { t } = useTranslation();
  const act = useAct();
  const { modal } = App.useApp();
  const handle = useClient().conversation(conversation.id);
  const owner = conversation.me.role === 'owner';
  const leave = () =>
    modal.confirm({
      title: t('members.leaveConfirm'),
      okText: t('members.leave'),
      cancelText: t('common.cancel'),
      okButtonProps: { danger: true },
      onOk: () => act(handle.leave()),
    });
  return (
    <section className="side-section stack">
      <h3>{t('members.group')}</h3>
      {leads && (
        <>
          <Button block onClick={() => open('rename')}>
            {t('members.rename')}
          </Button>
          <Button block onClick={() => open('announce')}>
            {t('members.announcement')}
          </Button>
        </>
      )}
      <Button block danger disabled={owner} onClick={leave}>
        {t('members.leave')}
      </Button>
      {owner && <p className="hint">{t('members.ownerLeaves')}</p>}
    </section>
  );
}
