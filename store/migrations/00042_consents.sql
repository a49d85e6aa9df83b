-- An answer that was given anew leaves no consent behind that would keep the list of claimants as it is.

-- +goose Up
ALTER TABLE recovery_set_offs DROP CONSTRAINT recovery_set_offs_claimant_fkey,
  ADD CONSTRAINT recovery_set_offs_claimant_fkey FOREIGN KEY (claimant) REFERENCES benefit_claimants(id) ON DELETE CASCADE;

-- +goose Down
SELECT 1;
