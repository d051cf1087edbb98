import type { KeyboardEvent } from 'react';

/** Arrow keys move from message to message, Enter opens the actions of the one that has the focus. */
export function onRowKey(event: KeyboardEvent<HTMLElement>): void {
  const row = event.target;
  if (!(row instanceof HTMLElement) || row.dataset['row'] === undefined) return;
  if (event.key === 'Enter') row.querySelector<HTMLElement>('[data-more]')?.click();
  else if (event.key === 'ArrowUp') neighbour(event.currentTarget, row, -1)?.focus();
  else if (event.key === 'ArrowDown') neighbour(event.currentTarget, row, 1)?.focus();
  else return;
  event.preventDefault();
}

function neighbour(list: HTMLElement, row: HTMLElement, step: 1 | -1): HTMLElement | undefined {
  const rows = [...list.querySelectorAll<HTMLElement>('[data-row]')];
  return rows[rows.indexOf(row) + step];
}
