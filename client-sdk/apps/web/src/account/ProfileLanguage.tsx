import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Language } from '../i18n/startI18n';

interface Props {
  readonly value: Language;
  readonly onChange: (language: Language) => void;
}

export function ProfileLanguage({ value, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <Segmented<Language>
      aria-label={t('language.label')}
      value={value}
      onChange={onChange}
      options={[
        { value: 'zh-CN', label: t('language.zh') },
        { value: 'en', label: t('language.en') },
      ]}
    />
  );
}
