import type { Reaction } from '@magpie/sdk';
import { useUsers } from '@magpie/sdk/react';
import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAct } from '../app/useAct';
import { visibleName } from '../text/visibleControls';
import { useChat } from './chatContext';

export function Reactions({ seq, reactions }: { seq: number; reactions: readonly Reaction[] }) {
  if (reactions.length === 0) return null;
  return (
    <div className="reactions">
      {reactions.map((reaction) => (
        <ReactionChip key={reaction.emoji} seq={seq} reaction={reaction} />
      ))}
    </div>
  );
}

function ReactionChip({ seq, reaction }: { seq: number; reaction: Reaction }) {
  const { t } = useTranslation();
  const act = useAct();
  const { handle, me } = useChat();
  const users = useUsers(reaction.users);
  const { emoji } = reaction;
  const mine = reaction.users.includes(me);
  const names = reaction.users
    .map((id) => (id === me ? t('common.you') : visibleName(users.get(id)?.displayName ?? '—')))
    .join(', ');
  return (
    <Tooltip title={t('message.reactedBy', { names, emoji })}>
      <button
        type="button"
        className={mine ? 'reaction mine' : 'reaction'}
        aria-pressed={mine}
        aria-label={`${t(mine ? 'message.unreactWith' : 'message.reactWith', { emoji })} (${reaction.count})`}
        onClick={() => void act(mine ? handle.unreact(seq, emoji) : handle.react(seq, emoji))}
      >
        <span>{emoji}</span> {reaction.count}
      </button>
    </Tooltip>
  );
}
