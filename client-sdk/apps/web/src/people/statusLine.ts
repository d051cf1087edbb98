import type { Status } from '@magpie/sdk';
import { visibleName } from '../text/visibleControls';

/** A status in one line. */
export function statusLine({ emoji, text }: Status): string {
  return [emoji, visibleName(text)].filter(Boolean).join(' ');
}
