package store

import (
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
)

// project writes the read model of a case after an entry.
func (s *Store) project(batch *pgx.Batch, fold *approval.Case, entry approval.Entry, hash string, visitsBefore int) error {
	body, err := json.Marshal(fold)
	if err != nil {
		return err
	}
	stage := ""
	if current := fold.Current(); current != nil {
		stage = current.Stage
	}
	returns, shuttles := returnsOf(fold)
	var suspended any
	party := ""
	if fold.Suspension != nil {
		suspended, party = fold.Suspension.Since, string(fold.Suspension.Party)
	}
	waiting := fold.Current() != nil && fold.Current().Wait != nil
	batch.Queue(`UPDATE cases SET state=$2, stage=$3, version=$4, head_hash=$5, fold=$6, ended_at=$7, last_entry_at=$8, returns=$9, shuttles=$10, waiting=$11, suspended_at=$12, suspended_party=$13 WHERE no=$1`,
		fold.No, fold.State, stage, fold.Version, hash, body, nullTime(fold.EndedAt), entry.At, returns, shuttles, waiting, suspended, party)
	for i := range fold.Visits {
		visit := &fold.Visits[i]
		// Only visits this entry could have touched: the open one and those it closed or opened.
		if !visit.Open() && visit.Signature != entry.Seq && i < visitsBefore {
			continue
		}
		for _, task := range visit.Tasks {
			queueTask(batch, fold, visit, task, entry)
		}
	}
	for _, event := range entry.Events {
		switch event.Kind {
		case approval.EventSupervised, approval.EventSupervisionReplied, approval.EventSupervisionEnded:
			for i := range fold.Supervisions {
				queueSupervision(batch, fold, &fold.Supervisions[i])
			}
		}
	}
	if fold.Ended() {
		if fold.Parent != "" {
			batch.Queue(`INSERT INTO roll_ups(parent, child, outcome) VALUES ($1,$2,$3) ON CONFLICT DO NOTHING`, fold.Parent, fold.No, fold.State)
		}
		if fold.State == approval.CaseWithdrawn || fold.State == approval.CaseRejected || fold.State == approval.CaseNotAccepted {
			batch.Queue(`UPDATE business_keys SET live = false WHERE case_no = $1`, fold.No)
			batch.Queue(`UPDATE rosters SET case_no = NULL WHERE case_no = $1`, fold.No)
		}
	}
	for _, event := range entry.Events {
		switch event.Kind {
		case approval.EventCopied:
			batch.Queue(`INSERT INTO copies(case_no, office, person, at) VALUES ($1,$2,$3,$4) ON CONFLICT DO NOTHING`, fold.No, event.Office, event.Person, entry.At)
			batch.Queue(`INSERT INTO case_access(office, case_no) VALUES ($1,$2) ON CONFLICT DO NOTHING`, event.Office, fold.No)
		case approval.EventRead:
			batch.Queue(`UPDATE copies SET read_by = array_append(read_by, $2) WHERE case_no = $1 AND NOT $2 = ANY(read_by) AND office = $3 AND (person = '' OR person = $2)`,
				fold.No, event.Person, event.Office)
		}
	}
	queueNotices(batch, fold, entry)
	return nil
}

func queueTask(batch *pgx.Batch, fold *approval.Case, visit *approval.Visit, task approval.Task, entry approval.Entry) {
	var signedBy, owner *string
	if task.SignedBy != "" {
		signedBy = &task.SignedBy
	}
	if task.Owner != "" {
		owner = &task.Owner
	}
	conflicted := conflictedPersons(fold, visit.Stage)
	var closed any
	if task.State == approval.TaskSigned || task.State == approval.TaskSuperseded {
		closed = entry.At
	}
	paused := fold.Suspension != nil && visit.Open()
	var next any
	for _, reminder := range task.Reminders {
		if closed == nil && !paused && reminder.After(entry.At) {
			next = reminder
			break
		}
	}
	batch.Queue(`INSERT INTO tasks(id, case_no, visit, stage, office, role, owner, state, basis, due, why, conflicted, signed_by, opened_at, closed_at,
			kind, serves, signed_for, escalated, extended, urged, paused, reminders, next_reminder, region_path, case_type, warn_at, late_at, pauses)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,(SELECT region_path FROM cases WHERE no = $2),$25,$26,$27,$28)
		ON CONFLICT (id) DO UPDATE SET office=EXCLUDED.office, owner=EXCLUDED.owner, state=EXCLUDED.state, basis=EXCLUDED.basis, due=EXCLUDED.due,
			conflicted=EXCLUDED.conflicted, signed_by=EXCLUDED.signed_by, closed_at=coalesce(tasks.closed_at, EXCLUDED.closed_at), signed_for=EXCLUDED.signed_for,
			escalated=EXCLUDED.escalated, extended=EXCLUDED.extended, urged=EXCLUDED.urged, paused=EXCLUDED.paused, reminders=EXCLUDED.reminders,
			warn_at=EXCLUDED.warn_at, late_at=EXCLUDED.late_at, pauses=EXCLUDED.pauses,
			next_reminder=CASE WHEN EXCLUDED.next_reminder IS NOT NULL AND tasks.next_reminder IS NOT NULL AND tasks.reminders = EXCLUDED.reminders THEN tasks.next_reminder ELSE EXCLUDED.next_reminder END`,
		task.ID, fold.No, visit.ID, visit.Stage, task.Office, task.Role, owner, task.State, task.Basis, task.Due, visit.Why, conflicted, signedBy, openedAt(visit, &task), closed,
		string(task.Kind), task.Serves, nullText(task.SignedFor), visit.Escalated, task.Extended, task.Urged, paused, orEmpty(task.Reminders), next,
		fold.Type, share(task.Reminders, 0), share(task.Reminders, 2), len(visit.Pauses))
	batch.Queue(`INSERT INTO case_access(office, case_no) VALUES ($1,$2) ON CONFLICT DO NOTHING`, task.Office, fold.No)
}

// share is the moment of a reminder; null when there is none.
func share(reminders []time.Time, n int) any {
	if n >= len(reminders) {
		return nil
	}
	return reminders[n]
}

// returnsOf counts the returns of a case that were not settled yet, and how often it went back between
// the same two offices. A return is settled once the stage that made it has passed.
func returnsOf(fold *approval.Case) (returns, shuttles int) {
	unsettled := map[string][]string{}
	for i := range fold.Visits {
		visit := &fold.Visits[i]
		if visit.Outcome == approval.OutcomeApproved {
			delete(unsettled, visit.Stage)
		}
		if visit.Outcome != approval.OutcomeReturned || i+1 >= len(fold.Visits) || len(visit.Tasks) == 0 || len(fold.Visits[i+1].Tasks) == 0 {
			continue
		}
		from := visit.Tasks[0].Office
		for _, task := range visit.Tasks {
			if task.SignedBy != "" && task.State == approval.TaskSigned {
				from = task.Office
			}
		}
		unsettled[visit.Stage] = append(unsettled[visit.Stage], from+"/"+fold.Visits[i+1].Tasks[0].Office)
	}
	between := map[string]int{}
	for _, pairs := range unsettled {
		for _, pair := range pairs {
			returns++
			between[pair]++
			shuttles = max(shuttles, between[pair])
		}
	}
	return returns, shuttles
}

// openedAt is when a task came into its holder's hands: with its visit, or with the entry that added it.
func openedAt(visit *approval.Visit, task *approval.Task) time.Time {
	if task.AddedAt.IsZero() {
		return visit.OpenedAt
	}
	return task.AddedAt
}

// queueSupervision shows a supervision in the inbox of the head it goes to.
func queueSupervision(batch *pgx.Batch, fold *approval.Case, supervision *approval.Supervision) {
	batch.Queue(`INSERT INTO tasks(id, case_no, visit, stage, office, role, state, basis, due, opened_at, kind, region_path, case_type)
		VALUES ($1,$2,0,$3,$4,$5,$6,$7,$8,$9,'supervision',(SELECT region_path FROM cases WHERE no = $2),$12)
		ON CONFLICT (id) DO UPDATE SET state=EXCLUDED.state, signed_by=$10, closed_at=coalesce(tasks.closed_at, $11)`,
		supervision.ID, fold.No, supervision.Stage, supervision.Office, approval.RoleHead, supervision.State, supervision.Basis, supervision.Due, supervision.At,
		nullText(supervision.RepliedBy), supervisionClosed(fold, supervision), fold.Type)
	batch.Queue(`INSERT INTO case_access(office, case_no) VALUES ($1,$2) ON CONFLICT DO NOTHING`, supervision.Office, fold.No)
}

func supervisionClosed(fold *approval.Case, supervision *approval.Supervision) any {
	switch {
	case supervision.RepliedAt != nil:
		return *supervision.RepliedAt
	case supervision.State == approval.TaskSuperseded:
		return fold.EndedAt
	}
	return nil
}

func nullText(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// conflictedPersons are those who may not sign a stage, kept beside the task so that an inbox
// shows a person only what they could sign.
func conflictedPersons(fold *approval.Case, stage string) []string {
	persons := []string{}
	declared := fold.Stage(stage)
	for _, signature := range fold.Signatures {
		for _, person := range []string{signature.Person, signature.For} {
			if fold.Conflict(declared, person, nil) != "" {
				persons = append(persons, person)
			}
		}
	}
	return persons
}
