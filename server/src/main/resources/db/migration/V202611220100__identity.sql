-- People, how they log in, their devices, and the apps that bring people of their own.

-- How names sort and fold: Chinese by pinyin where PostgreSQL was built with ICU, else by code
-- point. No index uses it, so another ICU version never leaves a broken index behind.
do $$
begin
  create collation person_name (provider = icu, locale = 'zh-u-co-pinyin');
exception when others then
  create collation person_name (provider = libc, locale = 'C');
end $$;

-- Another back end that makes users by its own ids.
create table app (
  id uuid primary key,
  name text not null,
  created_by uuid not null,
  created_at timestamptz not null
);

create table app_key (
  id uuid primary key,
  app_id uuid not null references app (id),
  hash bytea not null unique,                   -- SHA-256 of the key
  created_at timestamptz not null,
  revoked_at timestamptz
);
create index app_key_app on app_key (app_id) where revoked_at is null;

create table app_user (
  id uuid primary key,
  username text not null unique check (username = lower(username)),
  display_name text collate person_name not null,
  kind text not null check (kind in ('member', 'guest', 'bot')),
  department text not null default '',
  job_title text not null default '',
  role text not null check (role in ('super_admin', 'employee', 'guest')),
  locale text not null default 'zh-CN' check (locale in ('zh-CN', 'en')),
  password_hash text,                           -- Argon2id in PHC form; null: no login by password
  disabled_at timestamptz,
  app_id uuid references app (id),
  external_id text,
  created_at timestamptz not null,
  search text generated always as (
    lower(normalize(display_name || E'\n' || username || E'\n' || department, NFKC)
      collate person_name)) stored,
  unique (app_id, external_id),
  check ((app_id is null) = (external_id is null)),
  check (app_id is null or password_hash is null)
);
create index app_user_super_admin on app_user (id) where role = 'super_admin';

-- A device that is logged in. revoked_at is the database's own time: the nodes ask for what was
-- revoked lately and must not depend on each other's clocks.
create table session (
  id uuid primary key,
  user_id uuid not null references app_user (id),
  app_id uuid references app (id),              -- opened by this app for its user
  device text not null,
  address text not null,
  agent text not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,            -- coarse: moves at most once a minute
  expires_at timestamptz not null,
  cookie_hash bytea unique,                     -- SHA-256; null: the session has refresh tokens
  revoked_at timestamptz,
  revoked_why text
) with (fillfactor = 80);
create index session_of_user on session (user_id, created_at);
create index session_revoked on session (revoked_at) where revoked_at is not null;

-- Each is used once; used ones stay until they expire, so that a second use is noticed.
create table refresh_token (
  hash bytea primary key,                       -- SHA-256
  session_id uuid not null references session (id) on delete cascade,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  successor bytea                               -- hash of the one that was given for it
);
create index refresh_token_session on refresh_token (session_id);

-- Single-use links with which a person sets a password.
create table user_link (
  hash bytea primary key,                       -- SHA-256 of the token
  user_id uuid not null references app_user (id),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index user_link_user on user_link (user_id);
