-- Founding a community's Party organisation exists for Party roles alone.

-- +goose Up
CREATE OR REPLACE FUNCTION is_party_type(asked text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT asked IN ('party', 'archive-hold', 'party-branch') $$;
GRANT INSERT ON offices TO jieli_worker;

-- +goose Down
SELECT 1;
