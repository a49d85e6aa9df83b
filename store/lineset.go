package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"jieli/approval"
	"jieli/internal/clock"
	"jieli/procedures"
	"jieli/rules"
)

type commandTag = pgconn.CommandTag

// hasLines reports whether a case of the type is about lines, whose version its signers name.
func hasLines(caseType string) bool {
	switch caseType {
	case procedures.TypeHandover, procedures.TypeIntake, procedures.TypeArchive:
		return true
	}
	return caseType == procedures.TypeTransition || procedures.LeadsToForm(caseType) != ""
}

// currentLineSet digests the lines of a case as they stand.
func currentLineSet(ctx context.Context, q querier, no, caseType string, version int) (*approval.LineSet, error) {
	if !hasLines(caseType) {
		return nil, nil
	}
	lineSet := &approval.LineSet{Version: version}
	digested := `digest || convert_to(row || '|' || street || '|' || community || '|' || cadre_class || '|' || match_result || '|' || outcome, 'UTF8')`
	if caseType == procedures.TypeArchive {
		digested = `convert_to(concat_ws('|', row, person, number, volumes, pages, missing, finding, result, supplement_by, shelf, outcome), 'UTF8')`
	}
	err := q.QueryRow(ctx, `SELECT count(*), coalesce(encode(sha256(string_agg(`+digested+`, '' ORDER BY row)), 'hex'), '') FROM `+tableOf(caseType).name+` WHERE `+scopeColumn(caseType)+` = $1`, no).Scan(&lineSet.Count, &lineSet.Digest)
	if err == nil && len(lineSet.Digest) > 16 {
		lineSet.Digest = lineSet.Digest[:16]
	}
	return lineSet, err
}

// proposeLines writes the system's proposal for every open line as a stage opens and gives the
// event the line set that follows. What a person set before (a return, a recall) is kept.
func (s *Store) proposeLines(ctx context.Context, tx pgx.Tx, fold *approval.Case, stage string, event *approval.Event) error {
	var err error
	switch fold.Type + "/" + stage {
	case "handover/" + procedures.StagePensionMatch:
		// Agrees: match. Differs: return the line, naming the field. No record: match, not verified. Known to
		// have died: leaves the batch, as soon as the agency's reviewer has confirmed it.
		_, err = tx.Exec(ctx, `UPDATE lines l SET match_result = CASE WHEN EXISTS (SELECT FROM deaths d WHERE d.person = person_of(l.id_index) AND d.state = 'verified') THEN 'died' WHEN r.id_index IS NULL THEN 'unverified' WHEN r.status = 'deceased' AND r.name = l.name THEN 'died' WHEN r.name <> l.name THEN 'return'
			WHEN r.status <> 'receiving' THEN 'return' ELSE 'match' END,
			match_reason = CASE WHEN EXISTS (SELECT FROM deaths d WHERE d.person = person_of(l.id_index) AND d.state = 'verified') THEN 'deceased' WHEN r.id_index IS NULL THEN 'no_record' WHEN r.status = 'deceased' AND r.name = l.name THEN 'deceased' WHEN r.name <> l.name THEN 'name' WHEN r.status <> 'receiving' THEN 'status' ELSE 'agrees' END
			FROM lines x LEFT JOIN pension_records r ON r.id_index = x.id_index WHERE x.id = l.id AND l.case_no = $1 AND l.outcome = '' AND l.match_result = ''`, fold.No)
	case "handover/" + procedures.StageFormProposal:
		err = s.proposePlaces(ctx, tx, fold, "street", 9)
	case "transition/" + procedures.StageTransitionAllocation:
		if err = reopenUnready(ctx, tx, fold); err == nil {
			err = s.proposePlaces(ctx, tx, fold, "community", 12)
		}
	case "intake/" + procedures.StageAssignment:
		err = s.proposePlaces(ctx, tx, fold, "community", 12)
	case "transition/" + procedures.StageReadiness:
		err = reopenUnready(ctx, tx, fold)
	case "handover/" + procedures.StageIntakes:
		if interimForm(fold) != "" {
			break
		}
		// Whom no street takes (one person's handover has no stage that could settle it) goes back.
		err = endLines(ctx, tx, fold, procedures.OutcomeReturned, `street = ''`, "residence")
	}
	if err != nil {
		return fmt.Errorf("propose lines: %w", err)
	}
	if event == nil || fold.LineSet == nil {
		return nil
	}
	lineSet, err := currentLineSet(ctx, tx, fold.No, fold.Type, fold.LineSet.Version+1)
	if err != nil {
		return err
	}
	if lineSet.Digest == fold.LineSet.Digest && lineSet.Count == fold.LineSet.Count {
		lineSet = fold.LineSet
	}
	event.LineSet, fold.LineSet = lineSet, lineSet
	return nil
}

// proposePlaces gives every open line without a place its street (division codes of 9 digits) or
// community (12): by residence or by hukou first, as the setting residence_basis says, else by what
// officers remembered of the estate or by the other one; only places of the case's own district or street.
func (s *Store) proposePlaces(ctx context.Context, tx pgx.Tx, fold *approval.Case, kind string, digits int) error {
	basis, _, err := s.setting(ctx, tx, procedures.SettingResidenceBasis, fold.Facts[procedures.FactRegion])
	if err != nil {
		return err
	}
	within := `$2`
	if kind == "community" {
		within = `l.street`
	}
	place := func(code string) string {
		return `(SELECT o.region FROM offices o WHERE o.kind = $3 AND o.region = left(` + code + `, $4) AND o.region LIKE ` + within + ` || '%')`
	}
	learned := `(SELECT o.region FROM known_estates k JOIN offices o ON o.kind = $3 AND o.region = left(k.place, $4)
		WHERE k.district = $2 AND k.estate = l.estate AND l.estate <> '' AND o.region LIKE ` + within + ` || '%')`
	_, err = tx.Exec(ctx, `UPDATE lines l SET `+kind+` = CASE WHEN $5 = 'hukou' OR $5 = 'choice' AND l.prefers_hukou
		THEN coalesce(`+place("l.hukou_code")+`, `+place("l.residence_code")+`, `+learned+`, '') ELSE coalesce(`+place("l.residence_code")+`, `+learned+`, `+place("l.hukou_code")+`, '') END
		WHERE `+scopeColumn(fold.Type)+` = $1 AND outcome = '' AND `+kind+` = '' AND $2::text IS NOT NULL`, fold.No, fold.Facts[procedures.FactRegion], kind, digits, basis)
	return err
}

// propose computes the value of every field of a stage and says why.
func (s *Store) propose(ctx context.Context, tx pgx.Tx, fold *approval.Case, stage *approval.Stage, entry *approval.Entry) (approval.Form, map[string]approval.Text, error) {
	proposal, reasons := approval.Form{}, map[string]approval.Text{}
	set := func(key string, value any, zh, en string) {
		proposal[key], _ = json.Marshal(value)
		reasons[key] = approval.Text{ZH: zh, EN: en}
	}
	if fold.Type == procedures.TypeParty {
		return s.proposeParty(ctx, tx, fold, stage)
	}
	if fold.Type == procedures.TypeBenefit || fold.Type == procedures.TypePayee || fold.Type == procedures.TypeClaimDispute {
		return s.proposeBenefit(ctx, tx, fold, stage)
	}
	if fold.Type == procedures.TypeRecovery {
		return s.proposeRecovery(ctx, tx, fold, stage)
	}
	if fold.Type == procedures.TypeTrueUp {
		return s.proposeTrueUp(ctx, tx, fold, stage)
	}
	for _, field := range stage.Fields {
		if held, ok := fold.Form[field.Key]; ok && !field.Computed {
			proposal[field.Key] = held
			reasons[field.Key] = approval.Text{ZH: "此前填写的内容", EN: "as filled in before"}
			continue
		}
		switch field.Key {
		case approval.FieldLineSet:
			if fold.LineSet != nil {
				set(field.Key, fold.LineSet.Name(), fmt.Sprintf("人员明细第 %d 版，共 %d 行", fold.LineSet.Version, fold.LineSet.Count), fmt.Sprintf("version %d of the lines, %d in all", fold.LineSet.Version, fold.LineSet.Count))
			}
		case approval.FieldMaterials:
			needed := []string{}
			for _, material := range stage.Materials {
				if material.Required && (material.Condition == "" || fold.Facts[material.Condition] == "true") {
					needed = append(needed, material.Key)
				}
			}
			set(field.Key, needed, "本事项要求的材料", "what this procedure asks for")
		case "sealedCopy":
			set(field.Key, "paper", "未上传扫描件时，原件随文报送", "without a scan the original is sent along")
		case "oldNumber", "newNumber":
			old, corrected, err := proposeIdentity(ctx, tx, fold)
			if err != nil {
				return nil, nil, err
			}
			if field.Key == "newNumber" {
				old = corrected
			}
			set(field.Key, old, "只显示部分号码，完整号码另行查看", "masked; the whole number is looked up apart")
		case "materialsVerified":
			set(field.Key, true, "申报材料已齐", "the papers are complete")
		case "formOfManagement":
			value, source, err := s.setting(ctx, tx, procedures.SettingDefaultForm, fold.Facts[procedures.FactRegion])
			if err != nil {
				return nil, nil, err
			}
			set(field.Key, value, "本区默认管理形式（"+source+"）", "the district's default ("+source+")")
		case "classes":
			classes := []string{}
			for _, option := range field.Options {
				classes = append(classes, option.Value)
			}
			set(field.Key, classes, "按十类归档", "sorted into the ten classes")
		case "slipNumber":
			set(field.Key, "ZD-"+fold.No, "按办件编号生成", "made from the case number")
		case "sealNumber":
			set(field.Key, sealPrefix(fold.Type)+fold.No, "按办件编号生成", "made from the case number")
		case "way":
			set(field.Key, procedures.WayMessenger, "由整理、核对的两人送达", "the two who sorted and checked bring it")
		case "couriers":
			if fold.Type != procedures.TypeArchive {
				continue
			}
			couriers, err := couriersOf(ctx, tx, fold, entry)
			if err != nil {
				return nil, nil, err
			}
			set(field.Key, couriers, "由整理、核对的两人送达", "the two who sorted and checked bring it")
		case "dispatchedOn", "receivedOn", "receiptOn":
			set(field.Key, s.today(), "当日", "today")
		case "seal":
			set(field.Key, procedures.SealIntact, "封条完好方可核收", "only an intact packet is received")
		case "volumesCounted":
			if fold.Type != procedures.TypeArchive {
				continue
			}
			var volumes int
			if err := tx.QueryRow(ctx, `SELECT coalesce(sum(volumes), 0) FROM archive_items WHERE case_no = $1 AND outcome <> 'held'`, fold.No).Scan(&volumes); err != nil {
				return nil, nil, err
			}
			set(field.Key, volumes, "移交名册所列卷数", "as the manifest lists them")
		case "receiptNumber":
			set(field.Key, "HZ-"+fold.No, "按办件编号生成", "made from the case number")
		case "storeroom":
			set(field.Key, "一号库房", "默认库房", "the usual storeroom")
		case "pensionStops":
			var died time.Time
			if err := tx.QueryRow(ctx, `SELECT died_on FROM deaths WHERE case_no = $1`, fold.No).Scan(&died); err != nil {
				return nil, nil, orNotFound(err)
			}
			set(field.Key, rules.PensionStops(died).Format(time.DateOnly), "死亡当月照发，次月起停发", "the month of death is paid, the pension stops from the next one")
		case "withheldMonths", "withheldTotal":
			months, total, err := s.withheld(ctx, tx, fold)
			if err != nil {
				return nil, nil, err
			}
			if field.Key == "withheldMonths" {
				set(field.Key, months, "自停发月起至本月", "from the month it stopped to this one")
			} else {
				set(field.Key, total, fmt.Sprintf("%d 个月 × 每月养老金", len(months)), fmt.Sprintf("%d months of the monthly pension", len(months)))
			}
		case "returnedTotal":
			returned, err := receivedOf(ctx, tx, fold.Facts[procedures.FactDeath])
			if err != nil {
				return nil, nil, err
			}
			set(field.Key, totalOf(returned), "该登记期间已追回的养老金", "the pension that was recovered for this death")
		case "outcome":
			died, err := hasDied(ctx, tx, fold.Subject)
			if err != nil {
				return nil, nil, err
			}
			if died {
				set(field.Key, procedures.OutcomeDied, "社保经办机构已核实去世", "the agency has verified the death")
				continue
			}
			set(field.Key, procedures.OutcomeReceived, "名册和社保信息均已核对", "roster and pension data were checked")
		case "verifiedWith":
			set(field.Key, "person", "以向本人核实为原则", "verified with the person as a rule")
		case "verifiedOn":
			set(field.Key, s.clock.Now().In(clock.Zone).Format("2006-01-02"), "当日", "today")
		case "remaining":
			remaining, err := remainingLines(ctx, tx, fold)
			if err != nil {
				return nil, nil, err
			}
			set(field.Key, remaining, "暂缓接收的人员，由企业继续负责", "those deferred; the enterprise stays responsible")
		case "archives":
			results, err := archiveResults(ctx, tx, fold)
			if err != nil {
				return nil, nil, err
			}
			set(field.Key, results, "随移交一并转递的档案，按结果汇总", "the archives that set out with the handover, by result")
		case "totals":
			totals, err := lineTotals(ctx, tx, fold)
			if err != nil {
				return nil, nil, err
			}
			set(field.Key, totals, "按人员明细汇总", "summed over the lines")
		}
	}
	if slices.Contains(archiveCases, fold.Type) {
		if err := s.proposeArchiveCase(ctx, tx, stage, &stageProposal{fold: fold, form: proposal, reasons: reasons}); err != nil {
			return nil, nil, err
		}
	}
	return proposal, reasons, s.proposeForm(ctx, tx, &stageProposal{fold: fold, form: proposal, reasons: reasons}, stage)
}

// sealPrefix starts the proposed number of a seal: of the enterprise's seal register, or of the strip
// that closes a packet of archives.
func sealPrefix(caseType string) string {
	if caseType != procedures.TypeHandover {
		return "FT-"
	}
	return "YY-"
}

// couriersOf proposes the two who sorted and checked, the second of whom may be signing this moment.
func couriersOf(ctx context.Context, q querier, fold *approval.Case, entry *approval.Entry) ([]map[string]string, error) {
	signed := map[string]string{}
	for _, signature := range fold.Signatures {
		signed[signature.Stage] = signature.Person
	}
	signed[entry.Stage] = entry.Actor.Person
	couriers := []map[string]string{}
	for _, stage := range []string{procedures.StageArchiveSorting, procedures.StageArchiveCheck} {
		var name string
		if err := q.QueryRow(ctx, `SELECT name FROM users WHERE id = $1`, signed[stage]).Scan(&name); err != nil {
			return nil, orNotFound(err)
		}
		couriers = append(couriers, map[string]string{"name": name})
	}
	return couriers, nil
}

func lineTotals(ctx context.Context, q querier, fold *approval.Case) ([]map[string]any, error) {
	return outcomeCounts(q.Query(ctx, `SELECT CASE WHEN outcome = '' THEN 'open' WHEN outcome = 'excluded' THEN 'out_of_scope' ELSE outcome END, count(*) FROM lines WHERE `+scopeColumn(fold.Type)+` = $1 GROUP BY 1 ORDER BY 1`, fold.No))
}

// outcomeCounts makes the records of a computed sum from rows of an outcome and its count.
func outcomeCounts(rows pgx.Rows, err error) ([]map[string]any, error) {
	if err != nil {
		return nil, err
	}
	counts := []map[string]any{}
	var outcome string
	var count int
	_, err = pgx.ForEachRow(rows, []any{&outcome, &count}, func() error {
		counts = append(counts, map[string]any{"outcome": outcome, "count": count})
		return nil
	})
	return counts, err
}

// remainingLines lists the deferred lines of a sheet: row, reason and review date, no names.
func remainingLines(ctx context.Context, q querier, fold *approval.Case) ([]map[string]any, error) {
	rows, err := q.Query(ctx, `SELECT l.row, coalesce(c.fold->'form'->>'deferReason', ''), coalesce(c.fold->'form'->>'reviewDate', '')
		FROM lines l JOIN cases c ON c.no = l.reception WHERE l.`+scopeColumn(fold.Type)+` = $1 AND l.outcome = 'deferred' ORDER BY l.row`, fold.No)
	if err != nil {
		return nil, err
	}
	remaining := []map[string]any{}
	var row int
	var reason, review string
	_, err = pgx.ForEachRow(rows, []any{&row, &reason, &review}, func() error {
		remaining = append(remaining, map[string]any{"row": row, "reason": procedures.DeferReason(reason).ZH, "reviewDate": review})
		return nil
	})
	return remaining, err
}
