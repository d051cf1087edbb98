import { Modal, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../app/useAct';
import { useChat } from './chatContext';

const HOUR = 3_600_000;
const LENGTHS = { forever: undefined, hour: HOUR, day: 24 * HOUR, week: 7 * 24 * HOUR } as const;
type Length = keyof typeof LENGTHS;

export function PinDialog({ seq, onClose }: { seq: number; onClose: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const { handle } = useChat();
  const [length, setLength] = useState<Length>('forever');

  const pin = async () => {
    const span = LENGTHS[length];
    const until = span === undefined ? undefined : new Date(Date.now() + span).toISOString();
    if (await act(handle.pin(seq, until))) onClose();
  };
  return (
    <Modal
      open
      title={t('pins.dialog')}
      okText={t('message.pin')}
      cancelText={t('common.cancel')}
      onOk={() => void pin()}
      onCancel={onClose}
    >
      <Radio.Group
        vertical
        value={length}
        onChange={(event) => setLength(event.target.value as Length)}
        options={(Object.keys(LENGTHS) as Length[]).map((value) => ({
          value,
          label: t(`pins.${value}`),
        }))}
      />
    </Modal>
  );
}
