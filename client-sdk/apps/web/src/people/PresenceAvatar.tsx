import { usePresence } from '@magpie/sdk/react';
import { useRef } from 'react';
import { Avatar } from './Avatar';
import { PresenceDot } from './PresenceDot';
import { useOnScreen } from './useOnScreen';

interface Props {
  readonly id: string;
  readonly name: string;
  readonly picture?: string | undefined;
  readonly size: number;
}

/** An avatar that shows whether the person is there; watched only while it is on the screen. */
export function PresenceAvatar({ id, ...avatar }: Props) {
  const box = useRef<HTMLSpanElement>(null);
  const seen = useOnScreen(box);
  const presence = usePresence(seen && id !== '' ? id : undefined);
  return (
    <span className="presence-avatar" ref={box}>
      <Avatar id={id} {...avatar} />
      {presence !== undefined && <PresenceDot state={presence.state} />}
    </span>
  );
}
