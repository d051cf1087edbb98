import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly text: string;
  readonly language?: string | undefined;
}

/** A code snippet as it was typed, with its language and a button that copies it. */
export function CodeBlock({ text, language }: Props) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      // Not allowed (no https, or refused): the person can still select the text.
    }
  };
  return (
    <figure className="code-block">
      <figcaption>
        <span>{language ?? t('code.plain')}</span>
        <Button
          type="text"
          size="small"
          icon={copied ? <CheckOutlined /> : <CopyOutlined />}
          aria-label={copied ? t('code.copied') : t('code.copy')}
          onClick={() => void copy()}
          onBlur={() => setCopied(false)}
        />
      </figcaption>
      <pre dir="ltr">
        <code>{text}</code>
      </pre>
    </figure>
  );
}
