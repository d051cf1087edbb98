import type { User } from '@magpie/sdk';
import { useClient, useMe } from '@magpie/sdk/react';
import { Input, Modal, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../app/useAct';
import { openConversation } from '../app/useRoute';
import { PeoplePicker } from '../people/PeoplePicker';

type Kind = 'direct' | 'group';

export function NewConversationDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const { conversations } = useClient();
  const me = useMe();
  const [kind, setKind] = useState<Kind>('direct');
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly User[]>([]);
  const [busy, setBusy] = useState(false);
  const ready = kind === 'direct' ? chosen.length === 1 : name.trim() !== '';

  const start = async () => {
    setBusy(true);
    const members = chosen.map((person) => person.id);
    const done = await act(
      conversations
        .create(kind === 'direct' ? { kind, members } : { kind, members, name: name.trim() })
        .then((conversation) => openConversation(conversation.id)),
    );
    setBusy(false);
    if (done) onClose();
  };

  const choose = (next: Kind) => {
    setKind(next);
    if (next === 'direct') setChosen(chosen.slice(0, 1));
  };

  return (
    <Modal
      open
      title={t('create.title')}
      okText={t('create.start')}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: !ready, loading: busy }}
      onOk={() => void start()}
      onCancel={onClose}
    >
      <div className="stack">
        <Segmented<Kind>
          value={kind}
          onChange={choose}
          options={[
            { value: 'direct', label: t('create.direct') },
            { value: 'group', label: t('create.group') },
          ]}
        />
        {kind === 'group' && (
          <Input
            aria-label={t('create.name')}
            placeholder={t('create.name')}
            maxLength={64}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
        <PeoplePicker
          single={kind === 'direct'}
          chosen={chosen}
          onChange={setChosen}
          without={new Set(me === undefined ? [] : [me.user])}
        />
        {!ready && (
          <p className="hint">{t(kind === 'direct' ? 'create.pickOne' : 'create.nameNeeded')}</p>
        )}
      </div>
    </Modal>
  );
}
