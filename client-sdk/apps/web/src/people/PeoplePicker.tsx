import type { User } from '@magpie/sdk';
import { Button, Checkbox, Input, Radio, type InputRef } from 'antd';
import { useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFirstFocus } from '../app/useFirstFocus';
import { visibleName } from '../text/visibleControls';
import { Avatar } from './Avatar';
import { usePeopleSearch } from './usePeopleSearch';

interface Props {
  readonly chosen: readonly User[];
  readonly onChange: (chosen: readonly User[]) => void;
  /** One person instead of several. */
  readonly single: boolean;
  /** Ids of people who are not offered. */
  readonly without: ReadonlySet<string>;
}

export function PeoplePicker({ chosen, onChange, single, without }: Props) {
  const { t } = useTranslation();
  const group = useId();
  const field = useRef<InputRef>(null);
  useFirstFocus(field);
  const search = usePeopleSearch();
  const found = search.people.filter((person) => !without.has(person.id) && !person.disabled);
  const isChosen = (person: User) => chosen.some((one) => one.id === person.id);
  const toggle = (person: User) => {
    if (single) onChange([person]);
    else if (isChosen(person)) onChange(chosen.filter((one) => one.id !== person.id));
    else onChange([...chosen, person]);
  };
  const Box = single ? Radio : Checkbox;
  return (
    <div className="people-picker">
      <Input.Search
        ref={field}
        aria-label={t('create.search')}
        placeholder={t('create.search')}
        allowClear
        loading={search.loading}
        value={search.query}
        onChange={(event) => search.setQuery(event.target.value)}
      />
      {chosen.length > 0 && (
        <p className="hint" aria-live="polite">
          {chosen.map((person) => visibleName(person.displayName)).join(', ')}
        </p>
      )}
      <ul className="plain-list scroll-box" aria-label={t('create.people')}>
        {found.map((person) => (
          <li key={person.id}>
            <Box name={group} checked={isChosen(person)} onChange={() => toggle(person)}>
              <span className="person">
                <Avatar
                  id={person.id}
                  name={person.displayName}
                  picture={person.avatar}
                  size={28}
                />
                <span>{visibleName(person.displayName)}</span>
                <small>{[person.department, person.jobTitle].filter(Boolean).join(' · ')}</small>
              </span>
            </Box>
          </li>
        ))}
        {found.length === 0 && !search.loading && <li className="hint">{t('common.nobody')}</li>}
      </ul>
      {search.more !== undefined && (
        <Button type="link" onClick={search.more}>
          {t('common.loadMore')}
        </Button>
      )}
    </div>
  );
}
