-- Conversations and what hangs on their messages. A message itself is an event of its stream.

create table conversation (
  id uuid primary key references stream (id),
  kind smallint not null,                       -- 1 direct, 2 group
  name text,                                    -- groups only
  announcement text not null default '',
  low uuid,                                     -- direct only: its two users in order,
  high uuid,                                    -- so that a pair has one conversation
  members integer not null,                     -- present ones; changes under the stream's lock
  created_by uuid not null,
  created_at timestamptz not null,
  unique (low, high),
  check ((kind = 1) = (low is not null and high is not null and name is null))
);

-- What a user keeps about a conversation; stays when the user leaves. Written only under the lock
-- of the user's inbox stream.
create table conversation_member (
  conversation_id uuid not null references conversation (id),
  user_id uuid not null,
  muted boolean not null default false,
  pinned boolean not null default false,
  archived boolean not null default false,
  read_seq bigint not null,
  delivered_seq bigint not null,
  draft_text text,
  draft_reply_to bigint,
  draft_at timestamptz,
  primary key (conversation_id, user_id)
) with (fillfactor = 70);

-- Only messages that were edited, recalled or pinned have a row.
create table message_state (
  stream_id uuid not null,
  seq bigint not null,
  text text,                                    -- after an edit
  mentions json,                                -- after an edit
  edited_at timestamptz,
  edits bigint[] not null default '{}',         -- numbers of the edit events: a recall empties them
  recalled_at timestamptz,
  recalled_by uuid,
  pin_seq bigint,                               -- number of the event that pinned it
  pin_by uuid,
  pin_at timestamptz,
  pin_until timestamptz,
  primary key (stream_id, seq)
) with (fillfactor = 80);
create index message_state_pin on message_state (stream_id, pin_seq) where pin_seq is not null;

create table reaction (
  stream_id uuid not null,
  seq bigint not null,
  emoji text not null,
  user_id uuid not null,
  event_seq bigint not null,                    -- number of the event: the order of reactions
  primary key (stream_id, seq, emoji, user_id)
);

-- Whom a message mentions; the nil UUID is everybody.
create table mention (
  stream_id uuid not null,
  user_id uuid not null,
  seq bigint not null,
  primary key (stream_id, user_id, seq)
);
