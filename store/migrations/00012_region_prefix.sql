-- What the codes of everything in a division begin with: provinces and cities are padded to six
-- digits. view.RegionPrefix says the same of the paths a caller's scope carries.

-- +goose Up
CREATE FUNCTION region_prefix(code text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
  $$ SELECT CASE WHEN length(code) = 6 THEN regexp_replace(code, '(00)+$', '') ELSE code END $$;

-- +goose Down
SELECT 1;
