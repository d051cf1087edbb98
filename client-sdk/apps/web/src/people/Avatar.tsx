import { memo, useState } from 'react';
import { hueOf, initials } from '../format/names';
import { visibleName } from '../text/visibleControls';

interface Props {
  /** Chooses the colour. */
  readonly id: string;
  readonly name: string;
  /** Path of the picture that the server makes; letters of the name stand in for it. */
  readonly picture?: string | undefined;
  /** Edge in px. */
  readonly size?: number;
}

/** Decoration: the name always stands beside it, so readers of the page aloud skip it. */
export const Avatar = memo(function Avatar({ id, name, picture, size = 36 }: Props) {
  const [broken, setBroken] = useState(false);
  const box = { width: size, height: size, fontSize: Math.round(size * 0.38) };
  if (picture !== undefined && picture.startsWith('/') && !broken) {
    return (
      <img
        className="avatar"
        src={picture}
        alt=""
        style={box}
        loading="lazy"
        onError={() => setBroken(true)}
      />
    );
  }
  return (
    <span
      className="avatar"
      aria-hidden="true"
      style={{ ...box, background: `hsl(${hueOf(id)} 45% 45%)` }}
    >
      {initials(visibleName(name))}
    </span>
  );
});
