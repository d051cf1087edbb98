import type { PresenceSettings } from '@magpie/sdk';
import { useClient, useMyPresence } from '@magpie/sdk/react';
import { Button, Input, Modal, Popover, Radio, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../app/useAct';
import { useLocale } from '../app/useLocale';
import { EmojiGrid } from '../chat/EmojiGrid';
import { dayAndClock } from '../format/time';
import { ENDS, statusEnd, type StatusEnd } from './statusEnd';

interface Props {
  readonly onClose: () => void;
}

/** My status: emoji, text, and when it ends. */
export default function StatusDialog({ onClose }: Props) {
  const { t } = useTranslation();
  const mine = useMyPresence();
  if (mine !== undefined) return <StatusForm mine={mine} onClose={onClose} />;
  return (
    <Modal open title={t('presence.status')} footer={null} onCancel={onClose}>
      <Spin />
    </Modal>
  );
}

function StatusForm({ mine, onClose }: Props & { readonly mine: PresenceSettings }) {
  const { t } = useTranslation();
  const act = useAct();
  const locale = useLocale();
  const { presence } = useClient();
  // What the person types here is not overwritten by another device.
  const [before] = useState(mine.status);
  const kept = before?.until;
  const [text, setText] = useState(before?.text ?? '');
  const [emoji, setEmoji] = useState(before?.emoji);
  const [end, setEnd] = useState<StatusEnd | 'kept'>(kept === undefined ? 'never' : 'kept');
  const [picking, setPicking] = useState(false);

  const save = async () => {
    const until = end === 'kept' ? kept : statusEnd(end, new Date());
    const status = {
      text: text.trim(),
      ...(emoji === undefined ? {} : { emoji }),
      ...(until === undefined ? {} : { until }),
    };
    if (await act(presence.setStatus(status))) onClose();
  };
  const clear = async () => {
    if (await act(presence.clearStatus())) onClose();
  };
  const pick = (picked: string | undefined) => {
    setPicking(false);
    setEmoji(picked);
  };
  return (
    <Modal
      open
      title={t('presence.status')}
      onCancel={onClose}
      footer={[
        before !== undefined && (
          <Button key="clear" danger onClick={() => void clear()}>
            {t('presence.clear')}
          </Button>
        ),
        <Button key="cancel" onClick={onClose}>
          {t('common.cancel')}
        </Button>,
        <Button key="save" type="primary" disabled={text.trim() === ''} onClick={() => void save()}>
          {t('common.save')}
        </Button>,
      ]}
    >
      <div className="status-form">
        <div className="status-field">
          <Popover
            trigger="click"
            open={picking}
            onOpenChange={setPicking}
            destroyOnHidden
            content={
              <>
                <EmojiGrid onPick={pick} />
                <Button type="text" block onClick={() => pick(undefined)}>
                  {t('presence.noEmoji')}
                </Button>
              </>
            }
          >
            <Button aria-label={t('composer.emoji')}>{emoji ?? '☺'}</Button>
          </Popover>
          <Input
            aria-label={t('presence.statusText')}
            placeholder={t('presence.statusText')}
            maxLength={80}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
        <span id="status-end">{t('presence.clearAfter')}</span>
        <Radio.Group
          vertical
          aria-labelledby="status-end"
          value={end}
          onChange={(event) => setEnd(event.target.value as StatusEnd | 'kept')}
          options={[
            ...(kept === undefined
              ? []
              : [
                  {
                    value: 'kept',
                    label: t('pins.until', { when: dayAndClock(new Date(kept), locale) }),
                  },
                ]),
            ...ENDS.map((value) => ({ value, label: t(`presence.end.${value}`) })),
          ]}
        />
      </div>
    </Modal>
  );
}
