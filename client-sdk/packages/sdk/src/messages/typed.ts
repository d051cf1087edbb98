import type { Event, EventData } from '../generated/contract.js';

/** An event of a known kind, with the type of its data. */
export type Known<K extends keyof EventData = keyof EventData> = {
  [P in K]: Omit<Event, 'kind' | 'data'> & { readonly kind: P; readonly data: EventData[P] };
}[K];

/** The same event with the types of the contract. Kinds of newer servers fall through every switch. */
export function known(event: Event): Known {
  return event as unknown as Known;
}
