import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { modKey } from './modKey';

export default function HelpDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const mod = modKey(navigator.userAgent);
  const keys: readonly (readonly [string, string])[] = [
    ['Enter', t('help.send')],
    ['Shift + Enter', t('help.newline')],
    ['↑', t('help.editLast')],
    ['Esc', t('help.cancel')],
    [`${mod} + K`, t('help.switch')],
    ['@', t('help.mention')],
    ['↑ ↓', t('help.move')],
    ['Enter', t('help.menu')],
    [`${mod} + /`, t('help.help')],
  ];
  return (
    <Modal open title={t('help.title')} footer={null} onCancel={onClose}>
      <dl className="shortcuts">
        {keys.map(([key, text]) => (
          <div key={text}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
