import { DownOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { arrangeConversations, filterConversations } from './arrangeConversations';
import { ConversationRow } from './ConversationRow';
import { useArchived } from './useArchived';

export function ArchivedSection(props: { selected: string | undefined; query: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const archived = useArchived(open);
  const shown = filterConversations(arrangeConversations(archived), props.query);
  return (
    <section className="archived">
      <Button
        type="text"
        block
        aria-expanded={open}
        icon={open ? <DownOutlined /> : <RightOutlined />}
        onClick={() => setOpen(!open)}
      >
        {t('list.archived')}
      </Button>
      {open && (
        <ul className="plain-list">
          {shown.map((conversation) => (
            <ConversationRow
              key={conversation.id}
              conversation={conversation}
              selected={conversation.id === props.selected}
            />
          ))}
        </ul>
      )}
    </section>
  );
}
