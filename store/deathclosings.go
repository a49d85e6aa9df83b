package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
)

// deathTarget is one record that a verified death closes: the column of a date that is set. The rest
// is SQL over the death (d) and the record's row (r): what names the row, which rows of the person there are to
// close, and what the column becomes.
type deathTarget struct {
	name, table, column string
	key, where, after   string
	title               approval.Text
}

const verifiedOn = `(d.verified_at AT TIME ZONE 'Asia/Shanghai')::date`

// deathTargets are THE records that a verified death closes. What is not there (no
// Party relation, say) is not closed. An archive stays with its holder, whose reviews go on.
var deathTargets = []deathTarget{
	{"life", "persons", "died_on", "r.id", "r.id = d.person", "d.died_on", approval.Text{ZH: "生存状况登记", EN: "life state"}},
	{"pension", "pension_records", "frozen_from", "encode(r.id_index, 'hex')", "r.id_index = (SELECT id_index FROM persons WHERE id = d.person)", "d.pension_stops", approval.Text{ZH: "养老金发放", EN: "payment of the pension"}},
	{"management", "persons", "managed_until", "r.id", "r.id = d.person AND r.community IS NOT NULL", verifiedOn, approval.Text{ZH: "社区管理服务", EN: "management by the community"}},
	{"information", "information_records", "closed_on", "r.person", "r.person = d.person", verifiedOn, approval.Text{ZH: "街道基本信息库", EN: "the street's information record"}},
	{"party", "party_relations", "ended_on", "r.person", "r.person = d.person", "d.died_on", approval.Text{ZH: "党员组织关系", EN: "Party relation"}},
}

// deathBroken finds what doctor reports, by person: a record closed without a live verified death, a death whose
// records are not as it left them, and a state that its case does not have. Silence is read from the state
// itself (is_silenced), so that it cannot differ from it.
func deathBroken() string {
	query := `SELECT d.person FROM deaths d JOIN cases c ON c.no = d.case_no WHERE d.state <> CASE WHEN c.ended_at IS NULL THEN 'reported' WHEN c.state <> 'closed' THEN 'dropped'
			WHEN EXISTS (SELECT FROM cases x WHERE x.type = 'rescission' AND x.state = 'closed' AND x.fold->'facts'->>'death' = d.case_no) THEN 'rescinded' ELSE 'verified' END
		UNION SELECT d.person FROM deaths d JOIN death_closings k USING (case_no) WHERE (k.restored_at IS NULL) <> (d.state = 'verified')
		UNION SELECT d.person FROM deaths d WHERE d.state = 'verified' AND NOT EXISTS (SELECT FROM death_closings k WHERE k.case_no = d.case_no AND k.target = 'life')`
	for _, target := range deathTargets {
		query += `
		UNION SELECT ` + target.key + ` FROM ` + target.table + ` r WHERE r.` + target.column + ` IS NOT NULL AND NOT EXISTS (
			SELECT FROM death_closings k WHERE k.target = '` + target.name + `' AND k.key = ` + target.key + ` AND k.restored_at IS NULL AND k.after = r.` + target.column + `)
		UNION SELECT k.key FROM death_closings k WHERE k.target = '` + target.name + `' AND k.restored_at IS NULL AND NOT EXISTS (
			SELECT FROM ` + target.table + ` r WHERE ` + target.key + ` = k.key AND r.` + target.column + ` = k.after)`
	}
	return query
}

// closeRecords closes what there is of the person, keeping each value as it was.
func closeRecords(ctx context.Context, tx pgx.Tx, death string, at time.Time) error {
	batch := &pgx.Batch{}
	for _, target := range deathTargets {
		batch.Queue(`INSERT INTO death_closings(case_no, target, key, before, after, closed_at)
			SELECT d.case_no, $2, `+target.key+`, r.`+target.column+`, `+target.after+`, $3 FROM deaths d JOIN `+target.table+` r ON `+target.where+` WHERE d.case_no = $1`, death, target.name, at)
		batch.Queue(`UPDATE `+target.table+` r SET `+target.column+` = c.after FROM death_closings c WHERE c.case_no = $1 AND c.target = $2 AND c.key = `+target.key, death, target.name)
	}
	return tx.SendBatch(ctx, batch).Close()
}

// restoreRecords gives every record a death has closed the value it had before. One that somebody has changed
// since keeps what it has: it is not as the death left it.
func restoreRecords(ctx context.Context, tx pgx.Tx, death string, at time.Time) error {
	batch := &pgx.Batch{}
	for _, target := range deathTargets {
		batch.Queue(`UPDATE `+target.table+` r SET `+target.column+` = c.before FROM death_closings c
			WHERE c.case_no = $1 AND c.target = $2 AND c.restored_at IS NULL AND c.key = `+target.key+` AND r.`+target.column+` IS NOT DISTINCT FROM c.after`, death, target.name)
	}
	batch.Queue(`UPDATE death_closings SET restored_at = $2 WHERE case_no = $1 AND restored_at IS NULL`, death, at)
	return tx.SendBatch(ctx, batch).Close()
}
