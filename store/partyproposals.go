package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/procedures"
	"jieli/rules"
)

// stageProposal gathers what is proposed for a stage, and why.
type stageProposal struct {
	fold    *approval.Case
	form    approval.Form
	reasons map[string]approval.Text
}

func (p *stageProposal) set(key string, value any, zh, en string) {
	p.form[key], _ = json.Marshal(value)
	p.reasons[key] = approval.Text{ZH: zh, EN: en}
}

// fresh sets what nobody has filled in yet.
func (p *stageProposal) fresh(key string, value any, zh, en string) {
	if _, held := p.form[key]; !held {
		p.set(key, value, zh, en)
	}
}

// proposeParty computes the fields of a stage of a transfer: what the registry and the roster know, what the
// rule says, and the dates and numbers of the letter.
func (s *Store) proposeParty(ctx context.Context, tx pgx.Tx, fold *approval.Case, stage *approval.Stage) (approval.Form, map[string]approval.Text, error) {
	p := &stageProposal{fold: fold, form: approval.Form{}, reasons: map[string]approval.Text{}}
	for _, field := range stage.Fields {
		held, ok := fold.Form[field.Key]
		// What the rule left open is for people to choose anew.
		if ok && !field.Computed && !(stage.Key == procedures.StagePartyDecision && formText(fold.Form, field.Key) == procedures.DestinationUndecided) {
			p.form[field.Key] = held
			p.reasons[field.Key] = approval.Text{ZH: "此前填写的内容", EN: "as filled in before"}
		}
	}
	var err error
	switch stage.Key {
	case procedures.StagePartyPreparation:
		err = s.proposeMember(ctx, tx, p)
	case procedures.StagePartyApproval:
		err = s.proposeRoute(ctx, tx, p)
	case procedures.StagePartyDecision:
		err = s.proposeMember(ctx, tx, p)
	case procedures.StagePartyLetter:
		err = s.proposeLetter(ctx, tx, p)
	case procedures.StagePartyAcceptance:
		err = s.proposeArrangement(ctx, tx, p)
	case procedures.StagePartyReception:
		err = s.proposeBranch(ctx, tx, p)
	case procedures.StagePartyReceptionConfirm:
		p.set("receiptNumber", "HZ-"+fold.No, "按办件编号生成", "made from the case number")
	case procedures.StagePartyReceipt:
		p.fresh("receiptOn", s.today(), "当日", "today")
		err = letterExpiry(ctx, tx, p)
	}
	known := map[string]bool{}
	for _, field := range stage.Fields {
		known[field.Key] = true
	}
	for key := range p.form {
		if !known[key] {
			delete(p.form, key)
			delete(p.reasons, key)
		}
	}
	return p.form, p.reasons, err
}

// proposeMember takes what registry and roster know of the member.
func (s *Store) proposeMember(ctx context.Context, tx pgx.Tx, p *stageProposal) error {
	var political, residence, hukou, community, place, hukouPlace string
	var same bool
	var line *string
	var key, sealed []byte
	// Until the community has received the member it is the one of the handover under way.
	err := tx.QueryRow(ctx, `SELECT p.party_member, p.residence, p.hukou, coalesce(o.region, (SELECT c.region FROM offices c WHERE c.kind = 'community' AND c.region = coalesce(nullif(l.community, ''), left(l.residence_code, 12))), ''), coalesce(o.name, ''), l.id, l.data_key, l.sealed,
			coalesce((SELECT name FROM regions WHERE code = l.hukou_code), ''), coalesce(l.hukou_code <> '' AND l.hukou_code = l.residence_code, false)
		FROM persons p LEFT JOIN offices o ON o.id = p.community LEFT JOIN LATERAL (SELECT id, data_key, sealed, community, residence_code, hukou_code FROM lines WHERE person = p.id AND sealed IS NOT NULL ORDER BY case_no DESC LIMIT 1) l ON true
		WHERE p.id = $1`, p.fold.Subject).Scan(&political, &residence, &hukou, &community, &place, &line, &key, &sealed, &hukouPlace, &same)
	if err != nil {
		return orNotFound(err)
	}
	if residence == "" {
		residence = place
	}
	// Where the roster gives divisions and no address, the divisions say whether the two differ.
	if hukou == "" {
		hukou = hukouPlace
		if same {
			hukou = residence
		}
	}
	p.fresh("memberStatus", procedures.MemberStatus(political), "人员库登记的政治面貌", "as the registry has it")
	p.set("residence", residence, "人员库登记的常住地址", "the residence of the registry")
	p.set("hukou", hukou, "人员库登记的户籍地址", "the hukou of the registry")
	if community != "" {
		p.fresh("community", community, "该党员常住地所在社区（村）", "the community of the member's residence")
	}
	if line == nil {
		return nil
	}
	values, err := s.openLine(*line, key, sealed)
	if err == nil && values["party_dues_month"] != "" {
		p.fresh("duesPaidTo", values["party_dues_month"], "移交名册所列，请核实", "as the roster has it; to be verified")
	}
	return err
}

// proposeRoute sets the rule, where it leads and on what evidence.
func (s *Store) proposeRoute(ctx context.Context, tx pgx.Tx, p *stageProposal) error {
	route, steps, destination, err := s.partyRoute(ctx, tx, p.fold, p.fold.Form)
	if err != nil {
		return err
	}
	evidence := []map[string]string{}
	for _, step := range steps {
		clause := step.Clause
		if clause == "" {
			clause = step.Source.ZH
		}
		evidence = append(evidence, map[string]string{"step": step.Step.ZH, "stepEN": step.Step.EN, "value": step.Value, "clause": clause})
	}
	zh, en := "按 P1–P4 的先后顺序认定", "found by P1 to P4 in their order"
	if route.Rule == rules.PartyManual {
		zh, en = "没有适用的规则", "no rule applies"
	}
	p.set("rule", route.Rule, zh, en)
	p.set("destination", destination, zh, en)
	p.set("evidence", evidence, zh, en)
	return nil
}

// proposeLetter numbers the next letter and says to whom it goes and for how long it is valid.
func (s *Store) proposeLetter(ctx context.Context, tx pgx.Tx, p *stageProposal) error {
	fold := p.fold
	var issued int
	if err := tx.QueryRow(ctx, `SELECT count(*) FROM party_letters WHERE case_no = $1`, fold.No).Scan(&issued); err != nil {
		return err
	}
	p.set("letterNumber", fmt.Sprintf("JS-%s-%d", fold.No, issued+1), "按办件编号生成；补开的用新编号", "made from the case number; another letter has another number")
	setting, zh, en := procedures.SettingLetterDaysOutside, "市外转接的有效期（设置）", "the setting for outside the city"
	addressee := formText(fold.Form, "organisation")
	if formText(fold.Form, "destination") == procedures.DestinationCommunity {
		office, err := partyOffice(ctx, tx, fold, procedures.OfStreet)
		if err != nil {
			return err
		}
		if err := tx.QueryRow(ctx, `SELECT name FROM offices WHERE id = $1`, office).Scan(&addressee); err != nil {
			return err
		}
		// The first four digits of a division are its city.
		if community, region := formText(fold.Form, "community"), fold.Facts[procedures.FactRegion]; len(community) >= 4 && len(region) >= 4 && community[:4] == region[:4] {
			setting, zh, en = procedures.SettingLetterDaysCity, "市内转接的有效期（设置）", "the setting for within the city"
		}
	}
	p.set("letterTo", addressee, "接收的党组织", "the organisation that takes the member")
	days, err := s.number(ctx, tx, setting, fold.Facts[procedures.FactRegion])
	if err != nil {
		return err
	}
	p.fresh("letterWay", procedures.LetterOnPaper, "通常开具纸质介绍信", "a letter on paper, as a rule")
	p.fresh("letterDays", days, zh, en)
	return nil
}

// letterExpiry shows until when the letter that is out is valid.
func letterExpiry(ctx context.Context, tx pgx.Tx, p *stageProposal) error {
	var expires string
	err := tx.QueryRow(ctx, `SELECT expires_on::text FROM party_letters WHERE case_no = $1 AND state <> 'void'`, p.fold.No).Scan(&expires)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	p.set("letterExpiresOn", expires, "开具之日起按介绍信写明的天数计算", "counted from the day it was made out")
	return err
}

// proposeArrangement looks whether the community has a Party organisation of its own.
func (s *Store) proposeArrangement(ctx context.Context, tx pgx.Tx, p *stageProposal) error {
	var own bool
	if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM offices o JOIN offices p ON p.serves = o.id AND p.kind = 'party' WHERE o.kind = 'community' AND o.region = $1)`, formText(p.fold.Form, "community")).Scan(&own); err != nil {
		return err
	}
	if own {
		p.fresh("arrangement", procedures.BranchOwn, "该社区（村）已有党组织", "the community has a Party organisation")
	} else {
		p.fresh("arrangement", procedures.BranchInterim, "该社区（村）没有党组织，先由街道党工委管理；也可编入联合党支部或功能型党支部",
			"the community has no Party organisation: the street Party working committee for now, or a joint or functional branch")
	}
	return letterExpiry(ctx, tx, p)
}

// proposeBranch offers the branch that the last member joined here, which is mostly the next one's too.
func (s *Store) proposeBranch(ctx context.Context, tx pgx.Tx, p *stageProposal) error {
	p.fresh("reportedOn", s.today(), "当日", "today")
	if formText(p.fold.Form, "arrangement") != procedures.BranchOwn {
		return nil
	}
	office, err := partyOffice(ctx, tx, p.fold, procedures.OfCommunity)
	if err != nil {
		return err
	}
	var branch string
	err = tx.QueryRow(ctx, `SELECT branch FROM party_relations WHERE holder_office = $1 AND branch <> '' ORDER BY since DESC LIMIT 1`, office).Scan(&branch)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	p.fresh("branch", branch, "最近一名党员编入的党支部", "the branch the last member joined")
	return err
}
