import { useTranslation } from 'react-i18next';

const LANGUAGES =
  'bash c c++ c# css go html java javascript json kotlin lua markdown php python ruby rust sql swift typescript xml yaml'.split(
    ' ',
  );

/** A native list: it works with every keyboard and costs nothing to load. */
export function LanguageSelect(props: { value: string; onChange: (language: string) => void }) {
  const { t } = useTranslation();
  return (
    <select
      className="language-select"
      aria-label={t('composer.language')}
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
    >
      <option value="">{t('code.plain')}</option>
      {LANGUAGES.map((language) => (
        <option key={language} value={language}>
          {language}
        </option>
      ))}
    </select>
  );
}
