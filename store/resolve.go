package store

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/procedures"
	"jieli/rules"
)

// allowedTime is how long a visit may take: what the place has set, else what the stage declares.
type allowedTime struct {
	due     approval.Due
	setting string
	version int
}

// queue asks for the setting; once the batch is read it speaks before the declaration.
func (a *allowedTime) queue(batch *pgx.Batch, fold *approval.Case, stage *approval.Stage, today string) {
	name := procedures.DueSetting(fold.Type, stage.Key)
	batch.Queue(settingQuery, fold.Facts[procedures.FactRegion], name, today).Query(func(rows pgx.Rows) error {
		var found resolved
		_, err := pgx.ForEachRow(rows, []any{&found.value, &found.version, &found.source, &found.region}, func() error {
			a.setting, a.version = name, found.version
			return json.Unmarshal(found.value, &a.due)
		})
		return err
	})
}

// resolve fills in what only the database knows: what an approval does to the lines and the
// registry, and for a visit that opens its offices, officers, deadline and proposals.
func (s *Store) resolve(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry) error {
	passed := false
	for i := 0; i < len(entry.Events); i++ {
		event := &entry.Events[i]
		if event.Kind == approval.EventSubmitted && fold.Format == 0 {
			// The first entry resolves against the case it submits.
			submitted := event.Submitted
			lineSet, err := currentLineSet(ctx, tx, submitted.No, submitted.Type, 1)
			if err != nil {
				return err
			}
			submitted.LineSet = lineSet
			fold.Facts, fold.LineSet, fold.Office, fold.Parent, fold.Form = submitted.Facts, submitted.LineSet, submitted.Office, submitted.Parent, submitted.Form
			fold.Subject = submitted.Subject
		}
		if event.Kind == approval.EventFormChanged {
			// What is decided below rests on what was filled in with the same signature.
			fold.Form = maps.Clone(fold.Form)
			if fold.Form == nil {
				fold.Form = approval.Form{}
			}
			for key, change := range event.Changes {
				fold.Form[key] = change.New
			}
		}
		if err := s.effect(ctx, tx, fold, entry, event); err != nil {
			return err
		}
		if event.Kind == approval.EventVisitOpened {
			if err := s.openVisit(ctx, tx, fold, entry, event); err != nil {
				return err
			}
		}
		if err := s.clockwork(ctx, tx, fold, entry, event); err != nil {
			return err
		}
		if event.Kind == approval.EventDeadlinesMoved && fold.Type == procedures.TypeArchiveAccess {
			if err := moveLoan(ctx, tx, fold, event); err != nil {
				return err
			}
		}
		if i == len(entry.Events)-1 && !passed && entry.Action != approval.ActionSubmit {
			more, err := s.passOn(ctx, tx, fold, entry)
			if err != nil {
				return err
			}
			entry.Events = append(entry.Events, more...)
			passed = len(more) == 0
		}
	}
	return nil
}

func (s *Store) openVisit(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry, event *approval.Event) error {
	stage := fold.Stage(event.Stage)
	if stage.Mode == approval.ModeChildren {
		owner, err := officesFor(ctx, tx, fold, approval.Signer{OfficeKind: waitOwner(fold)})
		if err != nil {
			return err
		}
		event.Wait = &approval.Wait{Kind: "children", Child: stage.Awaits(fold.Form), Owner: owner[0]}
		return nil
	}
	proposal, reasons, err := s.propose(ctx, tx, fold, stage, entry)
	if err != nil {
		return err
	}
	for _, signer := range stage.Signers {
		if signer.EachOfLines {
			// Where the district signs for all its streets, or no street receives, its bureau's head takes their place.
			party, _, err := s.setting(ctx, tx, procedures.SettingAgreementParty, fold.Facts[procedures.FactRegion])
			if err != nil {
				return err
			}
			if party == "district" || interimForm(fold) != "" {
				signer = approval.Signer{OfficeKind: approval.KindBureau, Role: approval.RoleHead}
			}
		}
		offices, err := officesFor(ctx, tx, fold, signer)
		if err != nil {
			return err
		}
		for _, office := range offices {
			event.Tasks = append(event.Tasks, approval.Task{ID: approval.TaskID(fold.No, event.Visit, len(event.Tasks)+1), Office: office, Role: signer.Role,
				State: approval.TaskOpen, Basis: entry.Seq, Proposal: proposal, Reasons: reasons, Mandatory: signer.Mandatory})
		}
	}
	if event.Owner != "" {
		// A recall gives the task back to who recalled it, in that person's own office.
		if i := slices.IndexFunc(event.Tasks, func(t approval.Task) bool { return event.Office == "" || event.Office == t.Office }); i >= 0 {
			event.Tasks[i].Owner = event.Owner
		}
	}
	approval.Arrange(stage, event.Tasks)
	return s.appoint(ctx, tx, fold, stage, entry, event.Tasks)
}

// appoint gives the tasks of an opening visit their deadline, and marks those nobody could sign; in
// one round trip for all of them.
func (s *Store) appoint(ctx context.Context, tx pgx.Tx, fold *approval.Case, stage *approval.Stage, entry *approval.Entry, tasks []approval.Task) error {
	batch := &pgx.Batch{}
	offices := make([]string, len(tasks))
	for i := range tasks {
		offices[i] = tasks[i].Office
	}
	var calendars map[string]rules.Calendar
	batch.Queue(calendarQuery, officeScopes(offices)).Query(func(rows pgx.Rows) (err error) {
		calendars, err = collectCalendars(rows)
		return err
	})
	allowed := allowedTime{due: stage.Due}
	if stage.DueField != "" {
		allowed.due = daysUntil(formText(fold.Form, stage.DueField), entry.At)
	} else {
		allowed.queue(batch, fold, stage, s.today())
	}
	for i := range tasks {
		batch.Queue(holdsQuery, "", tasks[i].Office, tasks[i].Role, s.today()).QueryRow(func(row pgx.Row) error {
			var somebody bool
			err := row.Scan(&somebody)
			tasks[i].NoCompetentOfficer = !somebody
			return err
		})
	}
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return err
	}
	for i := range tasks {
		allow(calendars[rules.OfficeScope(tasks[i].Office)], &tasks[i], allowed.due, countedFrom(fold, stage.Key, entry.At), nil)
		if tasks[i].DueRule != nil {
			tasks[i].DueRule.Setting, tasks[i].DueRule.Version = allowed.setting, allowed.version
		}
	}
	return nil
}

func waitOwner(fold *approval.Case) approval.OfficeKind {
	if fold.Type == procedures.TypeIntake {
		return approval.KindStreet
	}
	return approval.KindBureau
}

// officesFor finds who signs: the office that submitted the case, its enterprise, street or community, the
// Party organisation of one of these, or the one office of a kind that answers for the district.
func officesFor(ctx context.Context, q querier, fold *approval.Case, signer approval.Signer) ([]string, error) {
	facts := fold.Facts
	switch {
	case signer.Of == procedures.OfApplicant:
		return []string{fold.Office}, nil
	case signer.OfficeKind == approval.KindParty:
		office, err := partyOffice(ctx, q, fold, signer.Of)
		return []string{office}, err
	case signer.EachOfLines:
		rows, err := q.Query(ctx, `SELECT DISTINCT o.id FROM lines l JOIN offices o ON o.kind = 'street' AND o.region = l.street
			WHERE l.case_no = $1 AND l.outcome = '' ORDER BY o.id`, fold.No)
		if err != nil {
			return nil, err
		}
		return pgx.CollectRows(rows, pgx.RowTo[string])
	case signer.Of == procedures.OfOther:
		return []string{facts[procedures.FactOtherEnterprise]}, nil
	case signer.OfficeKind == approval.KindEnterprise:
		return []string{facts[procedures.FactEnterprise]}, nil
	case signer.OfficeKind == approval.KindStreet:
		return []string{facts[procedures.FactStreet]}, nil
	case signer.OfficeKind == approval.KindCommunity:
		return []string{facts[procedures.FactCommunity]}, nil
	case signer.OfficeKind == approval.KindArchive && facts[procedures.FactHolder] != "":
		return []string{facts[procedures.FactHolder]}, nil
	}
	var office string
	err := q.QueryRow(ctx, `SELECT id FROM offices WHERE kind = $1 AND region = $2 ORDER BY id LIMIT 1`, signer.OfficeKind, facts[procedures.FactRegion]).Scan(&office)
	if err != nil {
		return nil, approval.Refuse(approval.CodeWrongState, "本区没有设置"+string(signer.OfficeKind)+"办理单位，请联系系统管理员",
			fmt.Sprintf("the district has no office of kind %s; ask the system administrator", signer.OfficeKind))
	}
	return []string{office}, nil
}

// effect is what an event does outside the case: to the lines of a batch and to the registry.
func (s *Store) effect(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry, event *approval.Event) error {
	switch event.Kind {
	case approval.EventLinesChanged:
		return s.correctLines(ctx, tx, fold, entry, event)
	case approval.EventCaseEnded:
		if fold.Type == procedures.TypeArchive && event.State != approval.CaseClosed {
			return s.closeArchives(ctx, tx, fold, entry)
		}
		if fold.Type == procedures.TypeParty && event.State != approval.CaseClosed {
			return s.closeParty(ctx, tx, fold, entry)
		}
		if fold.Type == procedures.TypeArchiveRecall && event.State != approval.CaseClosed {
			return s.closeRecall(ctx, tx, fold, entry)
		}
		if fold.Type == procedures.TypeArchiveAccess {
			return refuseWhileLent(ctx, tx, fold)
		}
		if fold.Type == procedures.TypeDeath && event.State != approval.CaseClosed {
			return dropDeath(ctx, tx, fold.No)
		}
		if fold.Type == procedures.TypeRecovery {
			return s.closeRecovery(ctx, tx, fold, event.State)
		}
		return s.closeBenefit(ctx, tx, fold, event.State)
	case approval.EventVisitOpened:
		if fold.Type == procedures.TypeArchive {
			if err := s.openArchives(ctx, tx, fold, event.Stage); err != nil {
				return err
			}
		}
		if fold.Type == procedures.TypeParty {
			return s.openParty(ctx, tx, fold, entry, event)
		}
		if fold.Type == procedures.TypeArchiveRecall {
			return openRecall(ctx, tx, fold, event.Stage)
		}
		if fold.Type == procedures.TypeBenefit {
			return openBenefit(ctx, tx, fold, event.Stage)
		}
		if fold.Type == procedures.TypeRecovery {
			return openRecovery(ctx, tx, fold, event.Stage)
		}
		if fold.Type == procedures.TypeTrueUp {
			return openTrueUp(ctx, tx, fold, event.Stage)
		}
		if fold.Type == procedures.TypeClaimDispute && entry.Action != approval.ActionSubmit {
			return openClaimDispute(ctx, tx, fold, event.Stage)
		}
		return s.proposeLines(ctx, tx, fold, event.Stage, event)
	case approval.EventStageSkipped:
		if event.Stage == procedures.StageFormProposal {
			return s.proposeLines(ctx, tx, fold, event.Stage, nil)
		}
	case approval.EventVisitClosed:
		if event.Outcome == approval.OutcomeApproved {
			return s.settle(ctx, tx, fold, entry, event)
		}
		if fold.Type == procedures.TypeArchiveAccess {
			return refuseWhileLent(ctx, tx, fold)
		}
	}
	return nil
}

// settle does what the approval of a stage decides.
func (s *Store) settle(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry, event *approval.Event) error {
	stage := entry.Stage
	if fold.Type == procedures.TypeArchive {
		return s.settleArchives(ctx, tx, fold, entry)
	}
	if fold.Type == procedures.TypeParty {
		return s.settleParty(ctx, tx, fold, entry)
	}
	if slices.Contains(archiveCases, fold.Type) {
		return s.settleArchiveCase(ctx, tx, fold, entry)
	}
	if form := procedures.LeadsToForm(fold.Type); form != "" {
		return s.settleForm(ctx, tx, fold, entry, form)
	}
	if fold.Type == procedures.TypeDeath {
		return s.settleDeath(ctx, tx, fold, entry)
	}
	if fold.Type == procedures.TypeRescission {
		return s.settleRescission(ctx, tx, fold, entry)
	}
	if fold.Type == procedures.TypeRecovery {
		return s.settleRecovery(ctx, tx, fold, entry)
	}
	if fold.Type == procedures.TypeBenefit {
		if err := apartFrom(ctx, tx, fold, entry); err != nil {
			return err
		}
	}
	if fold.Type == procedures.TypeClaimDispute {
		return s.settleClaimDispute(ctx, tx, fold, entry)
	}
	if fold.Type == procedures.TypeTrueUp {
		return s.settleTrueUp(ctx, tx, fold, entry)
	}
	switch fold.Type + "/" + stage {
	case "handover/" + procedures.StageFormProposal:
		return checkFormDocuments(fold)
	case "form-review/" + procedures.StageReviewAssessment, "form-review/" + procedures.StageReviewProposal, "form-review/" + procedures.StageReviewDecision:
		return s.settleFormReview(ctx, tx, fold, entry)
	case "transition/" + procedures.StageReadiness, "transition/" + procedures.StageStreetConsent, "transition/" + procedures.StageTransitionClosing:
		return s.settleTransition(ctx, tx, fold, entry)
	case "handover/" + procedures.StageScreeningConfirm:
		return s.settleScreening(ctx, tx, fold, entry)
	case "handover/" + procedures.StagePensionMatchReview:
		// Whose death the agency knows of is not handed over; the family is helped by another procedure.
		if err := endLines(ctx, tx, fold, procedures.OutcomeDied, `match_result = 'died'`, "deceased"); err != nil {
			return err
		}
		return endLines(ctx, tx, fold, procedures.OutcomeReturned, `match_result = 'return'`, "match")
	case "handover/" + procedures.StageFormDecision:
		if interimForm(fold) != "" {
			return nil
		}
		return endLines(ctx, tx, fold, procedures.OutcomeReturned, `street = ''`, "residence")
	case "handover/" + procedures.StagePartyCheck:
		return checkParties(ctx, tx, fold)
	case "party-branch/" + procedures.StageBranchProposal, "party-branch/" + procedures.StageBranchApproval:
		return settleBranch(ctx, tx, fold, entry)
	case "identity/" + procedures.StageIdentityDecision:
		return s.settleIdentity(ctx, tx, fold, entry)
	case "benefit/" + procedures.StageBenefitClaim:
		return checkClaim(ctx, tx, fold)
	case "benefit/" + procedures.StageBenefitDecision, "benefit/" + procedures.StageBenefitMeeting:
		return refuseWhileDisputed(ctx, tx, fold.No)
	case "benefit/" + procedures.StageBenefitRelease:
		return s.settleRelease(ctx, tx, fold)
	case "benefit/" + procedures.StageBenefitPayment:
		return settlePayment(ctx, tx, fold)
	case "payee/" + procedures.StagePayeeCorrection:
		return checkPayee(ctx, tx, fold)
	case "payee/" + procedures.StagePayeeReview:
		return settlePayee(ctx, tx, fold)
	case "dispute/" + procedures.StageDisputeDecision:
		return s.settleDispute(ctx, tx, fold)
	case "intake/" + procedures.StageAssignmentConfirm:
		return endLines(ctx, tx, fold, procedures.OutcomeReturned, `community = ''`, "residence")
	case "reception/" + procedures.StageVerification:
		return checkVerification(ctx, tx, fold)
	case "reception/" + procedures.StageConfirmation:
		return s.settleReception(ctx, tx, fold, entry)
	}
	return nil
}

// endLines gives the open lines that meet a condition their outcome; lines go back, not the batch.
func endLines(ctx context.Context, tx pgx.Tx, fold *approval.Case, outcome procedures.LineOutcome, condition, reason string) error {
	_, err := tx.Exec(ctx, `UPDATE lines SET outcome = $2, outcome_reason = $3 WHERE `+scopeColumn(fold.Type)+` = $1 AND outcome = '' AND `+condition, fold.No, outcome, reason)
	return err
}
