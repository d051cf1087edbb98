/** Distance to an edge (px) at which the next page is loaded. */
const NEAR = 400;
/** At the bottom within this distance (px), new messages keep the list at the bottom. */
const BOTTOM = 60;

export interface Anchor {
  readonly key: string;
  readonly top: number;
}

export interface Edges {
  readonly atBottom: boolean;
  readonly nearTop: boolean;
  readonly nearBottom: boolean;
}

export function edgesOf(
  box: Pick<HTMLElement, 'scrollTop' | 'scrollHeight' | 'clientHeight'>,
): Edges {
  const below = box.scrollHeight - box.scrollTop - box.clientHeight;
  return { atBottom: below <= BOTTOM, nearTop: box.scrollTop < NEAR, nearBottom: below < NEAR };
}

export function rowsOf(box: HTMLElement): HTMLElement[] {
  return [...box.querySelectorAll<HTMLElement>('[data-row]')];
}

/** The first row that is visible, and where it stands: what must not move when pages are added. */
export function anchorOf(box: HTMLElement): Anchor | undefined {
  const top = box.getBoundingClientRect().top;
  const row = rowsOf(box).find((one) => one.getBoundingClientRect().bottom > top);
  const key = row?.dataset['key'];
  if (row === undefined || key === undefined) return undefined;
  return { key, top: row.getBoundingClientRect().top };
}

/** Scrolls so that the row of the anchor stands where it stood. */
export function restoreAnchor(box: HTMLElement, anchor: Anchor): void {
  const row = rowsOf(box).find((one) => one.dataset['key'] === anchor.key);
  if (row !== undefined) box.scrollTop += row.getBoundingClientRect().top - anchor.top;
}

/** The highest number of a message whose end is visible. */
export function lastVisibleSeq(box: HTMLElement): number | undefined {
  const bottom = box.getBoundingClientRect().bottom;
  const row = rowsOf(box).findLast(
    (one) => one.dataset['seq'] !== undefined && one.getBoundingClientRect().bottom <= bottom + 4,
  );
  return row === undefined ? undefined : Number(row.dataset['seq']);
}
