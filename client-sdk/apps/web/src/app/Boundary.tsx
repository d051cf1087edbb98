import { Button } from 'antd';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface State {
  readonly failed: boolean;
}

/**
 * Stands in for a part that threw, so that the page is not white: a bug, or a file of an older
 * version of the app that the server has no more. What was written waits in the outbox.
 */
export class Boundary extends Component<{ readonly children: ReactNode }, State> {
  override readonly state: State = { failed: false };

  static getDerivedStateFromError(): State {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? <Failed /> : this.props.children;
  }
}

function Failed() {
  const { t } = useTranslation();
  return (
    <main className="centered" role="alert">
      <p>{t('app.unexpected')}</p>
      <Button type="primary" onClick={() => location.reload()}>
        {t('app.reload')}
      </Button>
    </main>
  );
}
