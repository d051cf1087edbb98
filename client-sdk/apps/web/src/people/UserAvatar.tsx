import { useUser } from '@magpie/sdk/react';
import { Avatar } from './Avatar';

export function UserAvatar({ id, size }: { id: string; size?: number }) {
  const user = useUser(id);
  return (
    <Avatar
      id={id}
      name={user?.displayName ?? ''}
      picture={user?.avatar}
      {...(size === undefined ? {} : { size })}
    />
  );
}
