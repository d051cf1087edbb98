import { useMedia } from './useMedia';

/** Up to this width one pane is shown at a time (px). The style sheet uses the same number. */
const NARROW_WIDTH = 768;

export function useNarrow(): boolean {
  return useMedia(`(max-width: ${NARROW_WIDTH}px)`);
}
