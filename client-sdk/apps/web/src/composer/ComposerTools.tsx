import { CodeOutlined, SmileOutlined } from '@ant-design/icons';
import { Button, Popover } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmojiGrid } from '../chat/EmojiGrid';
import { LanguageSelect } from './LanguageSelect';

interface Props {
  readonly language: string | undefined;
  readonly onLanguage: ((language: string | undefined) => void) | undefined;
  readonly onEmoji: (emoji: string) => void;
  readonly onMention: () => void;
}

export function ComposerTools({ language, onLanguage, onEmoji, onMention }: Props) {
  const { t } = useTranslation();
  const [picking, setPicking] = useState(false);
  const code = language !== undefined;
  const pick = (emoji: string) => {
    setPicking(false);
    onEmoji(emoji);
  };
  return (
    <>
      <Popover
        trigger="click"
        open={picking}
        onOpenChange={setPicking}
        destroyOnHidden
        content={<EmojiGrid onPick={pick} />}
      >
        <Button type="text" icon={<SmileOutlined />} aria-label={t('composer.emoji')} />
      </Popover>
      {!code && (
        <Button type="text" aria-label={t('help.mention')} onClick={onMention}>
          @
        </Button>
      )}
      {onLanguage !== undefined && (
        <Button
          type={code ? 'default' : 'text'}
          icon={<CodeOutlined />}
          aria-pressed={code}
          aria-label={t('composer.codeMode')}
          title={t('composer.codeMode')}
          onClick={() => onLanguage(code ? undefined : '')}
        />
      )}
      {code && onLanguage !== undefined && (
        <LanguageSelect value={language} onChange={onLanguage} />
      )}
      <span className="spring" />
    </>
  );
}
