/** All dates are shown in the reader's language and time zone by Intl; formats are made once a locale. */
const cache = new Map<string, Intl.DateTimeFormat>();

function format(locale: string, name: string, options: Intl.DateTimeFormatOptions) {
  const key = `${locale} ${name}`;
  let found = cache.get(key);
  if (found === undefined) {
    found = new Intl.DateTimeFormat(locale, options);
    cache.set(key, found);
  }
  return found;
}

/** A calendar day of the reader's time zone, usable as a key. */
export function dayKey(at: Date): string {
  return `${at.getFullYear()}-${at.getMonth() + 1}-${at.getDate()}`;
}

export function isSameDay(a: Date, b: Date): boolean {
  return dayKey(a) === dayKey(b);
}

/** 2026年1月31日 星期六 · Saturday, 31 January 2026 */
export function longDay(at: Date, locale: string): string {
  if (locale.startsWith('zh')) {
    const day = format(locale, 'day', { year: 'numeric', month: 'long', day: 'numeric' });
    const week = format(locale, 'week', { weekday: 'long' });
    return `${day.format(at)} ${week.format(at)}`;
  }
  return format(locale, 'long', { dateStyle: 'full' }).format(at);
}

export function clock(at: Date, locale: string): string {
  return format(locale, 'clock', { hour: '2-digit', minute: '2-digit', hour12: false }).format(at);
}

export function dayAndClock(at: Date, locale: string): string {
  return format(locale, 'both', { dateStyle: 'medium', timeStyle: 'short' }).format(at);
}

/** For a list: the time of today, the day of this year, else the date. */
export function shortWhen(at: Date, now: Date, locale: string): string {
  if (isSameDay(at, now)) return clock(at, locale);
  if (at.getFullYear() === now.getFullYear()) {
    return format(locale, 'month', { month: 'numeric', day: 'numeric' }).format(at);
  }
  return format(locale, 'year', { year: 'numeric', month: 'numeric', day: 'numeric' }).format(at);
}
