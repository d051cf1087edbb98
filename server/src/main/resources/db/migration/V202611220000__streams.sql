-- The numbered logs: one mechanism for conversations, inboxes and what comes later.

-- One row: what this database is.
create table installation (
  only_row boolean primary key default true check (only_row),
  -- Changes when the database was restored: cursors of another epoch mean nothing.
  epoch uuid not null default gen_random_uuid(),
  created_at timestamptz not null default now()
);
insert into installation default values;

-- A stream's counter row. It is locked by every write into the stream, so numbers are given in the
-- order of commits and without holes.
create table stream (
  id uuid primary key,
  kind smallint not null,                       -- 1 conversation, 2 inbox
  head bigint not null default 0,
  first bigint not null default 1,              -- the first number that can still be read
  last_at timestamptz not null default now()
) with (fillfactor = 50);

-- Who may read which numbers of a stream. An open interval is a present membership.
create table stream_reader (
  stream_id uuid not null references stream (id),
  user_id uuid not null,
  from_seq bigint not null,
  to_seq bigint,                                -- null: still a reader
  role smallint not null default 1,             -- 1 member, 2 admin, 3 owner
  since timestamptz not null default now(),
  primary key (stream_id, user_id, from_seq)
);
create unique index stream_reader_open on stream_reader (user_id, stream_id) where to_seq is null;

-- Durable changes. `bucket` is the month (yyyymm) in which the event was written: old months are
-- detached or moved as a whole.
create table event (
  stream_id uuid not null,
  seq bigint not null,
  bucket integer not null,
  kind text not null,
  actor uuid not null,
  at timestamptz not null,
  listed boolean not null,                      -- an entry of the stream's list: pages, unread counts
  thread bigint,                                -- number of the entry whose thread it belongs to
  data json not null,
  primary key (stream_id, seq, bucket)
) partition by range (bucket);
create index event_listed on event (stream_id, seq) where listed;
create index event_thread on event (stream_id, thread, seq) where thread is not null;
create table event_default partition of event default;

-- First result of each client-made id, for ever: outlives the event.
create table client_write (
  sender uuid not null,
  client_id uuid not null,
  stream_id uuid not null,
  seq bigint not null,
  count integer not null default 1,             -- how many events the write made, from seq on
  fingerprint bigint not null,                  -- of what was asked: a reused id is found out
  at timestamptz not null,
  primary key (sender, client_id)
) partition by hash (sender);
do $$
begin
  for part in 0..7 loop
    execute format('create table client_write_%s partition of client_write for values with (modulus 8, remainder %s)', part, part);
  end loop;
end $$;
