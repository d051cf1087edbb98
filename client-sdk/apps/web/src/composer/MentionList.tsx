import { useTranslation } from 'react-i18next';
import { Avatar } from '../people/Avatar';
import { visibleName } from '../text/visibleControls';
import type { MentionOption } from './matchMentionable';

interface Props {
  readonly id: string;
  readonly options: readonly MentionOption[];
  readonly current: MentionOption | undefined;
  readonly onChoose: (option: MentionOption) => void;
}

export function MentionList({ id, options, current, onChoose }: Props) {
  const { t } = useTranslation();
  if (options.length === 0) return null;
  return (
    <ul
      id={id}
      className="plain-list mention-list"
      role="listbox"
      aria-label={t('composer.mentions')}
    >
      {options.map((option) => (
        <li
          key={option.id}
          id={`${id}-${option.id}`}
          role="option"
          aria-selected={option === current}
          className={option === current ? 'option active' : 'option'}
          // Not click: the text field keeps the focus.
          onMouseDown={(event) => {
            event.preventDefault();
            onChoose(option);
          }}
        >
          <Avatar id={option.id} name={option.name} picture={option.user?.avatar} size={24} />
          <span dir="auto">{visibleName(option.name)}</span>
          <small>{option.user === undefined ? t('composer.allHint') : option.user.username}</small>
        </li>
      ))}
    </ul>
  );
}
