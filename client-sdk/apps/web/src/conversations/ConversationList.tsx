import { EditOutlined } from '@ant-design/icons';
import { useConversations } from '@magpie/sdk/react';
import { Button, Input, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { arrangeConversations, filterConversations } from './arrangeConversations';
import { ArchivedSection } from './ArchivedSection';
import { ConversationRow } from './ConversationRow';

interface Props {
  readonly selected: string | undefined;
  readonly onCreate: () => void;
}

export function ConversationList({ selected, onCreate }: Props) {
  const { t } = useTranslation();
  const { items, hasMore, loaded, list } = useConversations();
  const [query, setQuery] = useState('');
  const shown = filterConversations(arrangeConversations(items), query);
  return (
    <nav className="conversations" aria-label={t('list.label')}>
      <div className="conversations-tools">
        <Input
          type="search"
          allowClear
          aria-label={t('list.filter')}
          placeholder={t('common.search')}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
        <Button
          icon={<EditOutlined />}
          aria-label={t('list.create')}
          title={t('list.create')}
          onClick={onCreate}
        />
      </div>
      <div className="conversations-scroll">
        {!loaded && <Spin className="block-spin" />}
        <ul className="plain-list">
          {shown.map((conversation) => (
            <ConversationRow
              key={conversation.id}
              conversation={conversation}
              selected={conversation.id === selected}
            />
          ))}
        </ul>
        {loaded && shown.length === 0 && (
          <p className="hint centered-text">{query === '' ? t('list.empty') : t('list.noMatch')}</p>
        )}
        {hasMore && (
          <Button type="link" block onClick={() => void list.loadMore()}>
            {t('common.loadMore')}
          </Button>
        )}
        <ArchivedSection selected={selected} query={query} />
      </div>
    </nav>
  );
}
