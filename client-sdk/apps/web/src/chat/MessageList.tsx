import { DownOutlined } from '@ant-design/icons';
import type { ConversationHandle } from '@magpie/sdk';
import { useMessages } from '@magpie/sdk/react';
import { Alert, Button, Spin } from 'antd';
import { useEffect, useImperativeHandle, useLayoutEffect, useRef, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../app/errorText';
import { arrangeRows } from './arrangeRows';
import { rowsOf } from './listScroll';
import { MessageRows } from './MessageRows';
import { onRowKey } from './rowKeys';
import { useListScroll } from './useListScroll';
import { useMarkRead } from './useMarkRead';

export interface ListControl {
  toBottom(): void;
}

/** A message to go to; a new object each time, so that the same one can be gone to again. */
export interface Target {
  readonly seq: number;
}

interface Props {
  readonly handle: ConversationHandle;
  readonly readUpTo: number | undefined;
  readonly unread: number;
  readonly target: Target | undefined;
  readonly control: Ref<ListControl>;
}

export function MessageList({ handle, readUpTo, unread, target, control }: Props) {
  const { t } = useTranslation();
  const { timeline, ...state } = useMessages(handle.id);
  const box = useRef<HTMLDivElement>(null);
  const onView = useMarkRead(handle, box);
  const scroll = useListScroll({ box, state, timeline, onView });
  const rows = arrangeRows(state.items, readUpTo);
  useImperativeHandle(control, () => ({ toBottom: scroll.toBottom }), [scroll.toBottom]);

  const reached = useRef<Target>(undefined);
  useLayoutEffect(() => {
    if (target === undefined || reached.current === target || box.current === null) return;
    const row = rowsOf(box.current).find((one) => one.dataset['seq'] === String(target.seq));
    if (row === undefined) return;
    reached.current = target;
    scroll.release();
    row.scrollIntoView({ block: 'center' });
    row.focus({ preventScroll: true });
    row.classList.remove('flash');
    // Reading the width makes the browser start the animation again.
    void row.offsetWidth;
    row.classList.add('flash');
    scroll.look();
  });

  const opened = useRef(false);
  useEffect(() => {
    if (opened.current || !state.loaded || box.current === null) return;
    opened.current = true;
    const divider = box.current.querySelector('[data-unread]');
    if (divider === null) return;
    scroll.release();
    divider.scrollIntoView({ block: 'start' });
    scroll.look();
  }, [state.loaded, scroll]);

  return (
    <div className="message-list-frame">
      <div
        className="message-list"
        ref={box}
        role="log"
        aria-label={t('chat.messages')}
        aria-busy={state.loading !== undefined}
        onScroll={scroll.look}
        onKeyDown={onRowKey}
      >
        <div className="message-list-content">
          {state.loading === 'before' && <p className="hint">{t('chat.loadingOlder')}</p>}
          {state.loaded && !state.hasBefore && <p className="hint">{t('chat.start')}</p>}
          {!state.loaded && state.error === undefined && <Spin className="block-spin" />}
          {state.error !== undefined && (
            <Alert
              type="warning"
              title={t('chat.failedToLoad')}
              description={errorText(t, state.error)}
              action={
                <Button size="small" onClick={() => void timeline.load().catch(() => undefined)}>
                  {t('common.retry')}
                </Button>
              }
            />
          )}
          <MessageRows rows={rows} />
          {state.loading === 'after' && <p className="hint">{t('chat.loadingNewer')}</p>}
        </div>
      </div>
      {(scroll.away || state.hasAfter) && (
        <Button
          className="to-newest"
          shape="round"
          icon={<DownOutlined />}
          aria-label={t('chat.newest')}
          onClick={scroll.toBottom}
        >
          {unread > 0 ? t('chat.newCount', { count: unread }) : t('chat.newest')}
        </Button>
      )}
    </div>
  );
}
