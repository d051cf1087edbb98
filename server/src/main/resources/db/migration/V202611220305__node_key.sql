-- What nodes sign with when they send one another events by Redis: whoever reads the database has it,
-- whoever can only publish in Redis has not. 244 random bits.
alter table installation
  add column node_key bytea not null
    default decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex');
