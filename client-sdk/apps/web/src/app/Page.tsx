import { App as AntdApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { lazy, Suspense } from 'react';
import { LinkPage } from '../login/LinkPage';
import { LoginPage } from '../login/LoginPage';
import { Boundary } from './Boundary';
import { antdTheme } from './antdTheme';
import { readNonce } from './csp';
import { Starting } from './Starting';
import { ThemeContext } from './themeContext';
import { useLocale } from './useLocale';
import { useMedia } from './useMedia';
import { useRoute } from './useRoute';
import { useSession } from './useSession';
import { useTheme } from './useTheme';

const Workspace = lazy(() => import('../shell/Workspace'));
const csp = { nonce: readNonce() };

/** The whole page: theme and language around the login, the link page or the chat. */
export function Page() {
  const theme = useTheme();
  const locale = useLocale();
  const still = useMedia('(prefers-reduced-motion: reduce)');
  return (
    <ConfigProvider
      csp={csp}
      locale={locale === 'zh-CN' ? zhCN : enUS}
      theme={antdTheme(theme.dark, still)}
      button={{ autoInsertSpace: false }}
    >
      <ThemeContext value={theme}>
        <AntdApp className="app">
          <Boundary>
            <Suspense fallback={<Starting />}>
              <Screen />
            </Suspense>
          </Boundary>
        </AntdApp>
      </ThemeContext>
    </ConfigProvider>
  );
}

function Screen() {
  const route = useRoute();
  return route.page === 'link' ? <LinkPage token={route.token} /> : <Chat />;
}

function Chat() {
  const session = useSession();
  const route = useRoute();
  switch (session.state.phase) {
    case 'starting':
      return <Starting error={session.state.error} />;
    case 'anonymous':
      return <LoginPage login={session.login} notice={session.state.notice} />;
    case 'ready':
      return (
        <Workspace
          client={session.state.client}
          conversation={route.page === 'chat' ? route.conversation : undefined}
          logout={session.logout}
        />
      );
  }
}
