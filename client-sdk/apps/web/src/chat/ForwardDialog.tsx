import type { Conversation } from '@magpie/sdk';
import { Modal, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../app/useAct';
import { ConversationPicker } from '../conversations/ConversationPicker';
import { conversationName } from '../conversations/conversationName';
import { useChat } from './chatContext';

interface Props {
  readonly seqs: readonly number[];
  readonly onDone: () => void;
  readonly onClose: () => void;
}

export function ForwardDialog({ seqs, onDone, onClose }: Props) {
  const { t } = useTranslation();
  const act = useAct();
  const { handle } = useChat();
  const [to, setTo] = useState<Conversation>();
  const [merge, setMerge] = useState(false);

  const forward = async () => {
    if (to === undefined) return;
    const ordered = seqs.toSorted((a, b) => a - b);
    const work = handle.forward(ordered, to.id, merge && ordered.length > 1);
    if (await act(work, t('forward.done'))) onDone();
  };
  return (
    <Modal
      open
      title={
        to === undefined ? t('forward.title') : `${t('forward.title')} ${conversationName(to)}`
      }
      okText={t('forward.submit')}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: to === undefined }}
      onOk={() => void forward()}
      onCancel={onClose}
    >
      <div className="stack">
        {seqs.length > 1 && (
          <Radio.Group
            value={merge}
            onChange={(event) => setMerge(event.target.value === true)}
            options={[
              { value: false, label: t('forward.each') },
              { value: true, label: t('forward.merged') },
            ]}
          />
        )}
        <ConversationPicker label={t('forward.search')} chosen={to?.id} onChoose={setTo} />
      </div>
    </Modal>
  );
}
