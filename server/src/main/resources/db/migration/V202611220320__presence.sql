-- Who is there. What changes with each connection is unlogged: after a crash of the database every
-- node tells its connections anew (docs/adr/0010).

-- Logged, so that it goes on after a crash: the version of a user's presence never goes back.
create sequence presence_version;

-- What a user chose; no row means the defaults. Written under the lock of the user's inbox.
create table presence_setting (
  user_id uuid primary key,
  availability text not null default 'auto'
    check (availability in ('auto', 'away', 'busy', 'do_not_disturb', 'offline')),
  last_seen text not null default 'everybody' check (last_seen in ('everybody', 'nobody')),
  status_emoji text,
  status_text text,                             -- null: no status
  status_until timestamptz                      -- null: until it is cleared
);

-- When a user was connected last, as far as others may know: it stands still while the user
-- appears offline.
create table presence_seen (
  user_id uuid primary key,
  seen_at timestamptz not null
) with (fillfactor = 80);

-- Where users are connected. A node's part is 1 (all devices there idle) or 2 (one is active), under
-- the incarnation of its lease; no parts: offline. The row stays, because its version must.
create unlogged table presence_live (
  user_id uuid primary key,
  parts jsonb not null default '{}',
  state smallint not null generated always as (
    case when parts = '{}' then 0 when parts @? '$.* ? (@ == 2)' then 2 else 1 end) stored,
  version bigint not null,
  changed_in bigint not null                    -- id of the transaction: what polling nodes ask for
);
create index presence_live_changed on presence_live (changed_in);
create index presence_live_parts on presence_live using gin (parts);

-- The incarnations that have told of connections. One whose lease is over is dead for ever, and so
-- are its parts.
create unlogged table presence_teller (
  incarnation uuid primary key,
  batch bigint not null,                        -- the last one taken: an older one comes too late
  spare_until timestamptz,                      -- it stopped orderly: its users are on their way
  dead_at timestamptz                           -- when somebody first saw that its lease was over
);
