-- One person listed by two enterprises at once: the later line leaves its batch and names the case that decides.

-- +goose Up
ALTER TABLE lines ADD COLUMN dispute text REFERENCES cases(no);
CREATE INDEX lines_same_person ON lines(id_index) WHERE outcome = '';
CREATE INDEX lines_dispute ON lines(dispute) WHERE dispute IS NOT NULL;

-- +goose Down
SELECT 1;
