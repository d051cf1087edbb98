import { useSyncExternalStore } from 'react';

/** Up to this width one pane is shown at a time (px). The style sheet uses the same number. */
export const NARROW_WIDTH = 768;

const query = () => matchMedia(`(max-width: ${NARROW_WIDTH}px)`);

function subscribe(changed: () => void): () => void {
  const media = query();
  media.addEventListener('change', changed);
  return () => media.removeEventListener('change', changed);
}

export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => query().matches);
}
