const MINUTE = 60_000;

/** After what a status is cleared. */
export const ENDS = ['minutes30', 'hour', 'hours4', 'today', 'week', 'never'] as const;
export type StatusEnd = (typeof ENDS)[number];

/** The moment that a choice means; days and weeks (from Monday) are those of the reader. */
export function statusEnd(end: StatusEnd, now: Date): Date | undefined {
  switch (end) {
    case 'minutes30':
      return new Date(now.getTime() + 30 * MINUTE);
    case 'hour':
      return new Date(now.getTime() + 60 * MINUTE);
    case 'hours4':
      return new Date(now.getTime() + 240 * MINUTE);
    case 'today':
      return midnight(now, 1);
    case 'week':
      return midnight(now, 7 - ((now.getDay() + 6) % 7));
    default:
      return undefined;
  }
}

function midnight(now: Date, days: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
}
