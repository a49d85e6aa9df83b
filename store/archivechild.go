package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/procedures"
	"jieli/rules"
)

// archivesKey ends the number of the transfer that a handover starts: its archives are one packet,
// of one enterprise to one holder.
const archivesKey = "DA"

// archivesOf is the number of the transfer of a handover's archives.
func archivesOf(handover string) string { return handover + "-" + archivesKey }

// setsOut is a line whose archive, or Party relation, may travel with the batch.
type setsOut struct {
	line            string
	row             int
	wrapped, sealed []byte
	name            string
}

// planArchives plans the transfer that runs beside the intakes of a handover; none where the place has
// them set out apart, or where no archive may travel.
func (s *Store) planArchives(ctx context.Context, fold *approval.Case) ([]childPlan, error) {
	current := fold.Current()
	if current == nil || !slices.Contains(fold.Stage(current.Stage).Beside, procedures.TypeArchive) {
		return nil, nil
	}
	with, _, err := s.setting(ctx, s.pool, procedures.SettingArchivesWithHandover, fold.Facts[procedures.FactRegion])
	if err != nil || with != "yes" {
		return nil, err
	}
	lines, err := s.linesWithArchives(ctx, fold)
	if err != nil || len(lines) == 0 {
		return nil, err
	}
	plan := childPlan{child: procedures.TypeArchive, key: archivesKey, office: fold.Facts[procedures.FactEnterprise], archives: lines}
	err = s.pool.QueryRow(ctx, `SELECT name FROM offices WHERE id = $1`, plan.office).Scan(&plan.name)
	return []childPlan{plan}, orNotFound(err)
}

// linesWithArchives are the open lines of a handover whose archive is with the enterprise and goes to
// the holder; what is held (S2.4), under way or shelved already stays out.
func (s *Store) linesWithArchives(ctx context.Context, fold *approval.Case) ([]setsOut, error) {
	rows, err := s.pool.Query(ctx, `SELECT l.id, l.row, l.data_key, l.sealed, l.name, l.cadre_class, coalesce(p.cadre_class, '')
		FROM lines l LEFT JOIN persons p ON p.id_index = l.id_index LEFT JOIN archives a ON a.person = p.id
		WHERE l.case_no = $1 AND l.outcome = '' AND coalesce(a.state, $2) = $2
			AND NOT EXISTS (SELECT FROM archive_items i JOIN cases c ON c.no = i.case_no WHERE i.person = p.id AND i.outcome = '' AND c.ended_at IS NULL)
		ORDER BY l.row`, fold.No, archiveWithEnterprise)
	if err != nil {
		return nil, err
	}
	region := fold.Facts[procedures.FactRegion]
	lines := []setsOut{}
	var one setsOut
	var class, known string
	_, err = pgx.ForEachRow(rows, []any{&one.line, &one.row, &one.wrapped, &one.sealed, &one.name, &class, &known}, func() error {
		for _, cadre := range []string{class, known} {
			if cadre != "" && archiveDestination(cadre, region) != rules.ArchiveTransfer {
				return nil
			}
		}
		lines = append(lines, one)
		return nil
	})
	return lines, err
}

// prepareArchives enters the people of a transfer into the registry: an archive travels while its
// person is being received, and each has a result of its own. One that has set out or is held since it was
// planned is refused, and the next attempt plans without it.
func (s *Store) prepareArchives(ctx context.Context, tx pgx.Tx, parent *approval.Case, plan childPlan, new *view.NewCase, beat func()) error {
	for _, line := range plan.archives {
		values, err := s.openLine(line.line, line.wrapped, line.sealed)
		if err != nil {
			return err
		}
		person, err := s.upsertPerson(ctx, tx, values, parent.Facts[procedures.FactEnterprise])
		if err != nil {
			return err
		}
		new.Archives = append(new.Archives, view.NewArchive{Row: line.row, Person: person})
		beat()
	}
	new.Title, new.Search = fmt.Sprintf("%s · 档案 %d 人", plan.name, len(plan.archives)), []string{plan.name}
	if len(plan.archives) == 1 {
		new.Submission.Subject, new.Title = new.Archives[0].Person, plan.archives[0].name+" · 人事档案"
		new.Search = append(new.Search, plan.archives[0].name)
	}
	return nil
}

// archiveResults sums up what became of the archives that set out with a handover, by result.
func archiveResults(ctx context.Context, q querier, fold *approval.Case) ([]map[string]any, error) {
	return outcomeCounts(q.Query(ctx, `SELECT outcome, count(*) FROM archive_items WHERE case_no = $1 GROUP BY 1 ORDER BY 1`, archivesOf(fold.No)))
}
