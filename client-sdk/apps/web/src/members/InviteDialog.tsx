import type { ConversationHandle, Member, User } from '@magpie/sdk';
import { Modal } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../app/useAct';
import { PeoplePicker } from '../people/PeoplePicker';

interface Props {
  readonly handle: ConversationHandle;
  readonly members: readonly Member[];
  readonly onClose: () => void;
}

export function InviteDialog({ handle, members, onClose }: Props) {
  const { t } = useTranslation();
  const act = useAct();
  const [chosen, setChosen] = useState<readonly User[]>([]);
  const inside = useMemo(() => new Set(members.map((member) => member.user.id)), [members]);
  const invite = async () => {
    if (await act(handle.invite(chosen.map((person) => person.id)))) onClose();
  };
  return (
    <Modal
      open
      title={t('members.inviteTitle')}
      okText={t('members.invite')}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: chosen.length === 0 }}
      onOk={() => void invite()}
      onCancel={onClose}
    >
      <PeoplePicker single={false} chosen={chosen} onChange={setChosen} without={inside} />
    </Modal>
  );
}
