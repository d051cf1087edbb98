-- The last entry of a stream's list beside its counter, in the row that every write touches anyway:
-- lists of conversations are sorted by it without looking into each one's events.
alter table stream
  add column entry_seq bigint not null default 0,  -- 0: none yet
  add column entry_at timestamptz;

update stream s set entry_seq = e.seq, entry_at = e.at
from (select distinct on (stream_id) stream_id, seq, at from event where listed
      order by stream_id, seq desc) e
where e.stream_id = s.id;
