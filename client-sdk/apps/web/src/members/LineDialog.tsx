import { Input, Modal, type InputRef } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../app/useAct';
import { useFirstFocus } from '../app/useFirstFocus';

interface Props {
  readonly title: string;
  readonly label: string;
  readonly initial: string;
  /** In characters. */
  readonly longest: number;
  readonly mayBeEmpty: boolean;
  readonly save: (text: string) => Promise<unknown>;
  readonly onClose: () => void;
}

/** Asks for one line of text. */
export function LineDialog(props: Props) {
  const { title, label, initial, longest, mayBeEmpty, save, onClose } = props;
  const { t } = useTranslation();
  const act = useAct();
  const field = useRef<InputRef>(null);
  useFirstFocus(field);
  const [text, setText] = useState(initial);
  const ready = mayBeEmpty || text.trim() !== '';
  const submit = async () => {
    if (ready && (await act(save(text.trim())))) onClose();
  };
  return (
    <Modal
      open
      title={title}
      okText={t('common.save')}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: !ready }}
      onOk={() => void submit()}
      onCancel={onClose}
    >
      <Input
        ref={field}
        aria-label={label}
        placeholder={label}
        maxLength={longest}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) void submit();
        }}
      />
    </Modal>
  );
}
