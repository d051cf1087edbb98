import { useEffect, type RefObject } from 'react';

/**
 * Gives the focus to a field when its dialog opens. `autoFocus` alone loses it: the focus lock of
 * Ant Design's Modal then takes its first button, so this comes a frame later.
 */
export function useFirstFocus(field: RefObject<{ focus(): void } | null>): void {
  useEffect(() => {
    const frame = requestAnimationFrame(() => field.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, [field]);
}
