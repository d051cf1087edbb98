import type { UserPosition } from '../generated/contract.js';
import type { ReceiptCounts } from '../api/timeline.js';

/** Counts for any message how many others have got and read it, from everybody's positions. */
export class Receipts {
  private readonly delivered: readonly number[];
  private readonly read: readonly number[];

  /** `total`: the others in the conversation. */
  constructor(
    positions: Iterable<UserPosition>,
    private readonly total: number,
  ) {
    const all = [...positions];
    const ascending = (a: number, b: number): number => a - b;
    this.read = all.map(({ read }) => read).sort(ascending);
    this.delivered = all.map(({ read, delivered }) => Math.max(read, delivered)).sort(ascending);
  }

  of(seq: number): ReceiptCounts {
    return {
      delivered: atLeast(this.delivered, seq),
      read: atLeast(this.read, seq),
      total: this.total,
    };
  }
}

function atLeast(sorted: readonly number[], seq: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < seq) low = middle + 1;
    else high = middle;
  }
  return sorted.length - low;
}
