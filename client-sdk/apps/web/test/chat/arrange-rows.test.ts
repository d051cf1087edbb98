import { describe, expect, it } from 'vitest';
import { arrangeRows } from '../../src/chat/arrangeRows';
import { ME, message } from '../kit/samples';

const at = (day: number, hour: number, minute: number) =>
  new Date(2026, 0, day, hour, minute).toISOString();

const shape = (...args: Parameters<typeof arrangeRows>) =>
  arrangeRows(...args).map((row) =>
    row.kind === 'message' ? `${row.message.seq ?? 'local'}${row.first ? ' first' : ''}` : row.kind,
  );

describe('rows of the list', () => {
  it('group messages of one person within five minutes', () => {
    const messages = [
      message({ seq: 1, at: at(1, 9, 0) }),
      message({ seq: 2, at: at(1, 9, 4) }),
      message({ seq: 3, at: at(1, 9, 10) }),
      message({ seq: 4, at: at(1, 9, 11), sender: ME, mine: true }),
    ];
    expect(shape(messages, undefined)).toEqual(['day', '1 first', '2', '3 first', '4 first']);
  });

  it('start each day with a line', () => {
    const messages = [message({ seq: 1, at: at(1, 23, 59) }), message({ seq: 2, at: at(2, 0, 1) })];
    expect(shape(messages, undefined)).toEqual(['day', '1 first', 'day', '2 first']);
  });

  it('put the line of the unread before the first unread of others', () => {
    const messages = [
      message({ seq: 1, at: at(1, 9, 0) }),
      message({ seq: 2, at: at(1, 9, 1), sender: ME, mine: true }),
      message({ seq: 3, at: at(1, 9, 2) }),
      message({ seq: 4, at: at(1, 9, 3) }),
    ];
    expect(shape(messages, 1)).toEqual(['day', '1 first', '2 first', 'unread', '3 first', '4']);
  });

  it('do not group around a recalled message', () => {
    const messages = [
      message({ seq: 1, at: at(1, 9, 0) }),
      message({ seq: 2, at: at(1, 9, 1), recalledAt: at(1, 9, 2) }),
      message({ seq: 3, at: at(1, 9, 2) }),
    ];
    expect(shape(messages, undefined)).toEqual(['day', '1 first', '2 first', '3 first']);
  });

  it('have keys of their own', () => {
    const messages = [1, 2, 3].map((seq) => message({ seq, at: at(seq, 9, 0) }));
    const keys = arrangeRows(messages, 1).map((row) => row.key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
