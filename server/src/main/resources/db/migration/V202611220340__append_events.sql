-- Stores the events of many writers in one statement: all of them, or none. `done` is false where one
-- cannot be stored as it is, because its writer is no present reader with that role or its client id
-- was used: then the caller must roll back, and looks closer.
--
-- A function and no single query, because each of its statements sees what was committed before it
-- began: who reads a stream is looked up when the stream is locked.
--
-- For each stream, ordered by id so that two writers never wait for each other in a circle: how many
-- events it gets, and which of them is its last entry of the list (0: none). For each event: which of
-- those streams (from 1), its place among the new events of that (from 1), and the rest. Comes back
-- with each stream's number before the first new one and its time.
create function append_events(
  streams uuid[], counts integer[], entries integer[],
  owners integer[], places integer[], senders uuid[], client_ids uuid[], fingerprints bigint[],
  actors uuid[], roles smallint[], kinds text[], lists boolean[], threads bigint[], bodies text[],
  out done boolean, out heads bigint[], out times timestamptz[]
)
language plpgsql as $$
#variable_conflict use_column
declare
  now_ms timestamptz := date_trunc('milliseconds', clock_timestamp());
  number bigint;
  moment timestamptz;
  stored integer;
begin
  done := false;
  for i in 1 .. cardinality(streams) loop
    update stream
    set head = head + counts[i],
        last_at = greatest(last_at, now_ms),
        entry_seq = case when entries[i] > 0 then head + entries[i] else entry_seq end,
        entry_at = case when entries[i] > 0 then greatest(last_at, now_ms) else entry_at end
    where id = streams[i]
    returning head - counts[i], last_at into number, moment;
    if not found then
      return;
    end if;
    heads[i] := number;
    times[i] := moment;
  end loop;
  -- `offset 0`: each is looked up by the index, whatever the size of the table was when planned.
  if exists (
    select from unnest(owners, actors, roles) as a (owner, actor, role)
    where not exists (
      select from stream_reader r
      where r.user_id = a.actor and r.stream_id = streams[a.owner] and r.to_seq is null
        and r.role >= a.role
      offset 0)
  ) then
    return;
  end if;
  insert into event (stream_id, seq, bucket, kind, actor, at, listed, thread, data)
  select streams[owner], heads[owner] + place,
         to_char(times[owner] at time zone 'UTC', 'YYYYMM')::integer, kind, actor, times[owner],
         listed, nullif(thread, 0), body::json
  from unnest(owners, places, kinds, actors, lists, threads, bodies)
    as a (owner, place, kind, actor, listed, thread, body);
  insert into client_write (sender, client_id, stream_id, seq, count, fingerprint, at)
  select sender, client_id, streams[owner], heads[owner] + place, 1, fingerprint, times[owner]
  from unnest(owners, places, senders, client_ids, fingerprints)
    as a (owner, place, sender, client_id, fingerprint)
  on conflict do nothing;
  get diagnostics stored = row_count;
  done := stored = cardinality(owners);
end $$;
