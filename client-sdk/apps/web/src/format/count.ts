/** Counts from 100 on are shown as 99+. */
export function shortCount(count: number): string {
  return count > 99 ? '99+' : String(count);
}
