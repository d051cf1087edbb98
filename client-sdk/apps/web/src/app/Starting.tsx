import { Alert, Spin } from 'antd';
import { useTranslation } from 'react-i18next';

/** Before it is known who is logged in; with the reason while the server cannot be reached. */
export function Starting({ error }: { error?: string | undefined }) {
  const { t } = useTranslation();
  return (
    <main className="centered" aria-busy="true">
      <Spin size="large" />
      <p>{t('app.loading')}</p>
      {error !== undefined && <Alert type="warning" showIcon title={error} />}
    </main>
  );
}
