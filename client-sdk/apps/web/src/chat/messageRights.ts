import type { ConversationKind, Limits, MemberRole, TimelineMessage } from '@magpie/sdk';

/**
 * Whether editing is offered. The server decides; this only spares people a refusal. Before the
 * server told its limits everything is offered.
 */
export function mayEdit(
  message: TimelineMessage,
  limits: Pick<Limits, 'editSeconds'> | undefined,
  now: number,
): boolean {
  const editable = message.body?.type === 'text' || message.body?.type === 'code';
  return (
    message.mine &&
    editable &&
    message.forwardedFrom === undefined &&
    message.seq !== undefined &&
    isWithin(message, limits?.editSeconds, now)
  );
}

export function mayRecall(
  message: TimelineMessage,
  { kind, role }: { readonly kind: ConversationKind; readonly role: MemberRole },
  limits: Pick<Limits, 'recallSeconds'> | undefined,
  now: number,
): boolean {
  if (message.seq === undefined || message.recalledAt !== undefined) return false;
  const moderates = kind === 'group' && role !== 'member';
  return moderates || (message.mine && isWithin(message, limits?.recallSeconds, now));
}

/** In a direct conversation both, in a group whoever leads it. */
export function mayPin({ kind, role }: { kind: ConversationKind; role: MemberRole }): boolean {
  return kind === 'direct' || role !== 'member';
}

function isWithin(message: TimelineMessage, seconds: number | undefined, now: number): boolean {
  return seconds === undefined || now - Date.parse(message.at) <= seconds * 1000;
}
