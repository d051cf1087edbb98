import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { openConversation } from '../app/useRoute';
import { ConversationPicker } from '../conversations/ConversationPicker';

/** Ctrl+K / Cmd+K. */
export function QuickSwitcher({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal open title={t('list.switch')} footer={null} onCancel={onClose}>
      <ConversationPicker
        label={t('list.filter')}
        onChoose={(conversation) => {
          openConversation(conversation.id);
          onClose();
        }}
      />
    </Modal>
  );
}
