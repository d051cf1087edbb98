-- Events lie in one partition for each month, so that old months can be detached or moved whole.
-- Called at every start by the owner: makes this month's and the next ones'. A month whose events
-- are in the default partition already (nobody restarted for a year) is left there.
create function ensure_event_partitions(first_day date, months integer) returns integer
language plpgsql as $$
declare
  day date;
  low integer;
  high integer;
  made integer := 0;
begin
  for n in 0 .. months - 1 loop
    day := date_trunc('month', first_day) + make_interval(months => n);
    low := to_char(day, 'YYYYMM')::integer;
    high := to_char(day + interval '1 month', 'YYYYMM')::integer;
    if to_regclass('event_' || low) is null
       and not exists (select from event_default where bucket = low) then
      execute format(
        'create table event_%s partition of event for values from (%s) to (%s)', low, low, high);
      made := made + 1;
    end if;
  end loop;
  return made;
end $$;
