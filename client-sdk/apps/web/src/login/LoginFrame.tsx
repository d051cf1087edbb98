import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export function LoginFrame({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <main className="login">
      <section className="login-card" aria-label={title}>
        <header className="login-brand">
          <img src="/favicon.svg" alt="" width={40} height={40} />
          <span>{t('app.name')}</span>
        </header>
        <h1>{title}</h1>
        {children}
      </section>
    </main>
  );
}
