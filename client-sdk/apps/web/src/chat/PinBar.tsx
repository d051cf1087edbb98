import { PushpinOutlined } from '@ant-design/icons';
import type { Message } from '@magpie/sdk';
import { useTranslation } from 'react-i18next';
import { QuotedText } from './Quote';

/** The latest pin over the messages; opens the list of all. */
export function PinBar({ pins, onOpen }: { pins: readonly Message[]; onOpen: () => void }) {
  const { t } = useTranslation();
  const [latest] = pins;
  if (latest === undefined) return null;
  return (
    <button type="button" className="pin-bar" onClick={onOpen}>
      <PushpinOutlined />
      <span className="ellipsis">
        <QuotedText message={latest} />
      </span>
      <span className="faint">{t('pins.count', { count: pins.length })}</span>
    </button>
  );
}
