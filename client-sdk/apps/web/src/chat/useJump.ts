import type { ConversationHandle } from '@magpie/sdk';
import { App } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../app/useAct';
import type { Target } from './MessageList';

/** Goes to a message or a day, loading what is around it where it is not there. */
export function useJump(handle: ConversationHandle) {
  const { t } = useTranslation();
  const act = useAct();
  const { message } = App.useApp();
  const [target, setTarget] = useState<Target>();

  return useMemo(() => {
    const toMessage = async (seq: number) => {
      const there = handle.messages.items.some((one) => one.seq === seq);
      if (there || (await act(handle.jumpTo(seq)))) setTarget({ seq });
    };
    const toDate = async (day: Date) => {
      if (!(await act(handle.jumpToDate(day)))) return;
      const from = day.getTime();
      const first = handle.messages.items.find((one) => Date.parse(one.at) >= from);
      if (first?.seq === undefined) message.info(t('chat.noneAtDate'));
      else setTarget({ seq: first.seq });
    };
    return {
      target,
      toMessage: (seq: number) => void toMessage(seq),
      toDate: (day: Date) => void toDate(day),
    };
  }, [handle, act, message, t, target]);
}
