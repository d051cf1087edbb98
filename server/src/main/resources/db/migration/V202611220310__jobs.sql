-- Work for later that is done once, by whichever node gets to it. Whoever changes a row raises its
-- fence, and nobody changes one without the fence that they hold.
create table job (
  id uuid primary key,                          -- of one occurrence, the same for all its tries
  kind text not null,
  key text not null,                            -- scheduling the same key again replaces the job
  payload json not null,
  period_ms bigint,                             -- null: once
  due_at timestamptz not null,
  take_at timestamptz,                          -- due, waiting after a failure, or the end of the
                                                -- present lease; null: parked
  tries integer not null default 0,
  fence bigint not null default 0,
  owner text,                                   -- node that holds the lease
  failure text,                                 -- of the last try
  failed_at timestamptz,
  unique (kind, key)
) with (fillfactor = 70);
create index job_take on job (kind, take_at) where take_at is not null;

-- Pins that were set before there were jobs end by themselves, too.
insert into job (id, kind, key, payload, due_at, take_at)
select gen_random_uuid(), 'pin.expiry', stream_id || ':' || seq,
       json_build_object('conversation', stream_id, 'message', seq), pin_until, pin_until
from message_state where pin_seq is not null and pin_until is not null;
