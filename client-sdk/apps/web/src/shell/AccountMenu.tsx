import { useMe, useUser } from '@magpie/sdk/react';
import { Dropdown, type MenuProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { usePresenceMenu } from '../account/usePresenceMenu';
import { useChosenTheme } from '../app/themeContext';
import type { ThemeChoice } from '../app/useTheme';
import { useLocale } from '../app/useLocale';
import { changeLanguage, type Language } from '../i18n/startI18n';
import { PresenceAvatar } from '../people/PresenceAvatar';
import { visibleName } from '../text/visibleControls';
import { ConnectionStatus } from './ConnectionStatus';
import type { DialogName } from './dialogs';

interface Props {
  readonly open: (dialog: DialogName) => void;
  readonly logout: () => void;
}

export function AccountMenu({ open, logout }: Props) {
  const { t } = useTranslation();
  const me = useUser(useMe()?.user);
  const theme = useChosenTheme();
  const locale = useLocale();
  const presence = usePresenceMenu(() => open('status'));
  const name = me === undefined ? '' : visibleName(me.displayName);

  const themes: readonly ThemeChoice[] = ['system', 'light', 'dark'];
  const languages: readonly Language[] = ['zh-CN', 'en'];
  const menu: MenuProps = {
    selectedKeys: [`theme-${theme.choice}`, `language-${locale}`, ...presence.selected],
    items: [
      ...presence.items,
      { type: 'divider' },
      { key: 'profile', label: t('account.profile'), onClick: () => open('profile') },
      { key: 'sessions', label: t('account.sessions'), onClick: () => open('sessions') },
      { key: 'password', label: t('account.password'), onClick: () => open('password') },
      {
        key: 'theme',
        label: t('theme.label'),
        children: themes.map((choice) => ({
          key: `theme-${choice}`,
          label: t(`theme.${choice}`),
          onClick: () => theme.choose(choice),
        })),
      },
      {
        key: 'language',
        label: t('language.label'),
        children: languages.map((language) => ({
          key: `language-${language}`,
          label: t(language === 'en' ? 'language.en' : 'language.zh'),
          onClick: () => changeLanguage(language),
        })),
      },
      { key: 'help', label: t('account.help'), onClick: () => open('help') },
      { type: 'divider' },
      { key: 'logout', label: t('account.logout'), danger: true, onClick: logout },
    ],
  };
  return (
    <div className="account">
      <Dropdown trigger={['click']} menu={menu}>
        <button type="button" className="account-button" aria-label={t('account.menu')}>
          <PresenceAvatar id={me?.id ?? ''} name={name} picture={me?.avatar} size={32} />
          <span className="account-name">{name}</span>
        </button>
      </Dropdown>
      <ConnectionStatus />
    </div>
  );
}
