import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Quote } from '../chat/Quote';

export function ReplyBar({ seq, onCancel }: { seq: number; onCancel: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="composer-bar">
      <Quote seq={seq} />
      <Button
        type="text"
        size="small"
        icon={<CloseOutlined />}
        aria-label={t('composer.cancel')}
        onClick={onCancel}
      />
    </div>
  );
}
