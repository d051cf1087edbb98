import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly count: number;
  readonly onForward: () => void;
  readonly onCancel: () => void;
}

/** In the composer's place while messages are being selected. */
export function SelectionBar({ count, onForward, onCancel }: Props) {
  const { t } = useTranslation();
  return (
    <div className="composer selection-bar">
      <span aria-live="polite">{t('common.selected', { count })}</span>
      <span className="spring" />
      <Button onClick={onCancel}>{t('common.cancel')}</Button>
      <Button type="primary" disabled={count === 0} onClick={onForward}>
        {t('message.forward')}
      </Button>
    </div>
  );
}
