-- The living nodes. Unlogged: a lease is renewed each few seconds and means nothing after a crash of
-- the database, when every node takes its own anew.
create unlogged table node (
  id text primary key,
  incarnation uuid not null,                    -- of the lease; a lease that ran out is never renewed
  version text not null,
  address text not null,                        -- for operators: where people reach it
  started_at timestamptz not null,
  lease_until timestamptz not null,
  draining boolean not null default false,
  connections integer not null default 0,
  load real not null default 0,                 -- share of the machine's CPU that the process takes
  lag_ms integer not null default 0             -- delay of the slowest event loop
);
