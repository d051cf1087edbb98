import type { ForwardItem } from '@magpie/sdk';
import { Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../app/useLocale';
import { dayAndClock } from '../format/time';
import { CodeBlock } from '../text/CodeBlock';
import { Markdown } from '../text/Markdown';
import { plainPreview } from '../text/plainPreview';
import { visibleName } from '../text/visibleControls';

const SHOWN = 3;

/** Several messages forwarded as one: a card with the first lines, opening to all of them. */
export function ForwardCard({ items }: { items: readonly ForwardItem[] }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const title = t('message.mergedTitle', { count: items.length });
  return (
    <>
      <button type="button" className="forward-card" onClick={() => setOpen(true)}>
        <strong>{title}</strong>
        {items.slice(0, SHOWN).map((item) => (
          <span key={`${item.at} ${item.senderName} ${item.text}`} className="forward-line">
            {visibleName(item.senderName)}: {plainPreview(item.text, 60)}
          </span>
        ))}
        <span className="faint">{t('message.mergedOpen')}</span>
      </button>
      {open && (
        <Modal open title={title} footer={null} onCancel={() => setOpen(false)}>
          <ForwardItems items={items} />
        </Modal>
      )}
    </>
  );
}

function ForwardItems({ items }: { items: readonly ForwardItem[] }) {
  const locale = useLocale();
  return (
    <ol className="plain-list forward-items">
      {items.map((item, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a copy that never changes
        <li key={index}>
          <header>
            <strong>{visibleName(item.senderName)}</strong>
            <time dateTime={item.at}>{dayAndClock(new Date(item.at), locale)}</time>
          </header>
          {item.type === 'code' ? (
            <CodeBlock text={item.text} language={item.language} />
          ) : (
            <Markdown text={item.text} mentions={[]} />
          )}
        </li>
      ))}
    </ol>
  );
}
