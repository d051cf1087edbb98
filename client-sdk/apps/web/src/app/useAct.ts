import { App } from 'antd';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from './errorText';

/** Waits for something the person asked for; says that it is done, or why it is not. */
export function useAct() {
  const { message } = App.useApp();
  const { t } = useTranslation();
  return useCallback(
    async (work: Promise<unknown>, done?: string): Promise<boolean> => {
      try {
        await work;
        if (done !== undefined) message.success(done);
        return true;
      } catch (error) {
        message.error(errorText(t, error));
        return false;
      }
    },
    [message, t],
  );
}
