import type { Body, Mentions } from '@magpie/sdk';
import { useUsers } from '@magpie/sdk/react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeBlock } from '../text/CodeBlock';
import { Markdown } from '../text/Markdown';
import type { Mentionable } from '../text/mentions';
import { ALL_NAMES } from '../composer/allNames';
import { ForwardCard } from './ForwardCard';

const NONE: readonly string[] = [];

interface Props {
  readonly body: Body;
  readonly mentions?: Mentions | undefined;
  readonly me: string;
}

export function MessageBody({ body, mentions, me }: Props) {
  switch (body.type) {
    case 'text':
      return <TextBody text={body.text} mentions={mentions} me={me} />;
    case 'code':
      return <CodeBlock text={body.text} language={body.language} />;
    case 'forward':
      return <ForwardCard items={body.items} />;
    default:
      return <UnknownBody />;
  }
}

function TextBody({ text, mentions, me }: Omit<Props, 'body'> & { text: string }) {
  const users = useUsers(mentions?.users ?? NONE);
  const people = [...users.values()].map((user) => `${user.id} ${user.displayName}`).join('\n');
  const all = mentions?.all === true;
  // Made anew only when a name changed, so that a long list need not parse its texts again.
  const mentionable = useMemo(() => toMentionable(people, all), [people, all]);
  return <Markdown text={text} mentions={mentionable} me={me} />;
}

function toMentionable(people: string, all: boolean): Mentionable[] {
  const named = people
    .split('\n')
    .filter(Boolean)
    .map((line) => ({ id: line.slice(0, 36), name: line.slice(37) }));
  return all ? [...named, ...ALL_NAMES.map((name) => ({ id: 'all', name }))] : named;
}

/** A newer server may know kinds of messages that this page does not. */
function UnknownBody() {
  const { t } = useTranslation();
  return <em>{t('message.quoteMissing')}</em>;
}
