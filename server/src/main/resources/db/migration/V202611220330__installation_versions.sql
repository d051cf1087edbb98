-- Which binaries may work with this schema, and whether its rows came out of a backup.
alter table installation
  -- The newest migration that a binary must know. A migration that takes away what older binaries
  -- need raises it; docs/operations.md, "Changing the schema".
  add column oldest_binary text not null default '202611220210'
    check (oldest_binary ~ '^[0-9]{12}$'),
  add column restored_at timestamptz;
