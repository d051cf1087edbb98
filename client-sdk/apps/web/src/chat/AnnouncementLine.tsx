import { NotificationOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';

export function AnnouncementLine({ text }: { text: string | undefined }) {
  const { t } = useTranslation();
  if (text === undefined || text === '') return null;
  return (
    <p className="announcement" title={text}>
      <NotificationOutlined aria-label={t('chat.announcement')} />
      <span className="ellipsis" dir="auto">
        {text}
      </span>
    </p>
  );
}
