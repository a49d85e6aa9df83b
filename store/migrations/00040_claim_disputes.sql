-- A second claim for one death: who claims, which claim it disputes, and what was decided.

-- +goose Up
-- The claimants of a dispute are kept as those of a claim are: sealed, by their case.
ALTER TABLE benefit_claimants DROP CONSTRAINT benefit_claimants_case_no_fkey, ADD CONSTRAINT benefit_claimants_case_no_fkey FOREIGN KEY (case_no) REFERENCES cases(no);

CREATE TABLE claim_disputes (
  case_no text PRIMARY KEY REFERENCES cases(no), person text NOT NULL REFERENCES persons(id), death text NOT NULL REFERENCES deaths(case_no),
  claim text NOT NULL REFERENCES benefit_claims(case_no), source text NOT NULL CHECK (source IN ('family','other-scheme','other-province')),
  state text NOT NULL CHECK (state IN ('open','decided','ended')), decision text NOT NULL DEFAULT '' CHECK (decision IN ('','join','first','second','settle','wrongly-paid')),
  -- What the decision still has to do to the first claim, until it is done; the claim that follows from the second.
  effect text NOT NULL DEFAULT '' CHECK (effect IN ('','reopen','supersede')), effect_at timestamptz, successor text REFERENCES cases(no));
-- One dispute at a time about one death.
CREATE UNIQUE INDEX claim_disputes_once ON claim_disputes(person, death) WHERE state = 'open';
CREATE INDEX claim_disputes_claim ON claim_disputes(claim);
CREATE INDEX claim_disputes_waiting ON claim_disputes(effect_at) WHERE effect <> '';
GRANT SELECT, INSERT, UPDATE ON claim_disputes TO jieli_worker;

-- +goose Down
SELECT 1;
