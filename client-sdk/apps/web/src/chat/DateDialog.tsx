import { DatePicker, Modal } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import 'dayjs/locale/zh-cn';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../app/useLocale';

interface Props {
  readonly onPick: (day: Date) => void;
  readonly onClose: () => void;
}

/** Jump to a date. Loaded only when it is opened: the calendar is heavy. */
export default function DateDialog({ onPick, onClose }: Props) {
  const { t } = useTranslation();
  const locale = useLocale();
  const [day, setDay] = useState<Dayjs | null>(null);
  dayjs.locale(locale === 'zh-CN' ? 'zh-cn' : 'en');
  return (
    <Modal
      open
      title={t('chat.jumpToDate')}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: day === null }}
      onOk={() => day !== null && onPick(day.startOf('day').toDate())}
      onCancel={onClose}
    >
      <DatePicker
        className="full-width"
        autoFocus
        value={day}
        onChange={(value) => setDay(value)}
        disabledDate={(value) => value.isAfter(dayjs())}
      />
    </Modal>
  );
}
