package store_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"jieli/approval"
	"jieli/internal/stacktest"
	"jieli/internal/view"
	"jieli/procedures"
)

const (
	organiser   = "party-enterprise-1-clerk-1"
	committee   = "中共沈阳兴工机械集团委员会（虚构）"
	streetParty = "中共昆明湖街道工作委员会"
	branchParty = "中共建农社区支部委员会"
	townParty   = "party-street-001-clerk-1"
)

// members enters Party members into the registry by receiving them, and returns their ids.
func (s *scene) members(n int) []string {
	s.t.Helper()
	var people []stacktest.Person
	for i := range n {
		people = append(people, stacktest.NewPerson(i+1, stacktest.Person{"政治面貌": "中共党员", "党费交至": "2026-10"}))
	}
	return s.retired(people...)
}

// relate begins the transfer of a member's relation, as the API does.
func (s *scene) relate(username, person string) (string, error) {
	s.t.Helper()
	procedure, _ := procedures.Find(procedures.TypeParty)
	actor := s.actor(username)
	facts := map[string]string{procedures.FactSender: actor.Office, procedures.FactRegion: "210106"}
	if enterprise, ok := strings.CutPrefix(actor.Office, "party-enterprise"); ok {
		facts[procedures.FactEnterprise] = "enterprise" + enterprise
	}
	entry, err := s.Submit(s.t.Context(), view.NewCase{Prefix: procedure.Prefix, Region: "210106", Title: "组织关系", RequestActor: username, RequestKey: stacktest.NextKey(),
		Submission: approval.Submission{Type: procedure.Type, Actor: actor, Office: actor.Office, Subject: person, Stages: procedure.Stages, Form: approval.Form{}, Key: "submit", OwnsFirst: true, Facts: facts}})
	return entry.Case, err
}

func (s *scene) mustRelate(username, person string) string {
	s.t.Helper()
	no, err := s.relate(username, person)
	if err != nil {
		s.t.Fatal(err)
	}
	return no
}

// circumstances answer what a rule has to know; changes come on top.
func circumstances(changes map[string]any) map[string]any {
	form := map[string]any{"rehired": false, "employedElsewhere": false, "awayMonths": 0}
	maps.Copy(form, changes)
	return form
}

// partySign signs the present stage with what is proposed and what is given; refusals are answered.
func (s *scene) partySign(no string, given map[string]any) *approval.Error {
	s.t.Helper()
	task := s.fold(no).Current().Tasks[0]
	for n := 1; ; n++ {
		command := s.command(no, fmt.Sprintf("%s-%s-%d", task.Office, task.Role, n), approval.ActionApprove)
		for key, value := range given {
			command.Form[key], _ = json.Marshal(value)
		}
		fold := s.fold(no)
		entry, refusal := approval.Decide(fold, command)
		if refusal != nil && n == 1 && refusal.Code != approval.CodeInvalidInput {
			continue
		}
		if refusal != nil {
			return refusal
		}
		committed, err := s.Commit(s.t.Context(), no, fold.Version, command.Key, &entry)
		if err != nil {
			s.t.Fatal(err)
		}
		return committed.Refusal
	}
}

func (s *scene) mustPartySign(no string, given map[string]any) {
	s.t.Helper()
	stage := s.fold(no).Current().Stage
	if refusal := s.partySign(no, given); refusal != nil {
		s.t.Fatalf("%s: %v", stage, refusal)
	}
}

// partyTo signs on until the case stands at a stage, or ends.
func (s *scene) partyTo(no, stage string) {
	s.t.Helper()
	for fold := s.fold(no); !fold.Ended() && fold.Current().Stage != stage; fold = s.fold(no) {
		given := map[string]any{}
		switch fold.Current().Stage {
		case procedures.StagePartyPreparation:
			given = circumstances(nil)
		case procedures.StagePartyReception:
			given["branch"] = "第一党支部"
		case procedures.StagePartyReceipt:
			given["receiptNumber"] = "HZ-1"
		}
		s.mustPartySign(no, given)
	}
}

// answers are who was responsible for a member one after the other, as their page lists them.
func (s *scene) answers(person string) string {
	s.t.Helper()
	page, err := s.Person(s.t.Context(), s.scope(organiser), person)
	if err != nil || page.Party == nil {
		s.t.Fatalf("%s has no Party organisation on their page: %v", person, err)
	}
	var steps []string
	for _, change := range page.Party.Responsibilities {
		steps = append(steps, change.To)
		if change.ReceivedBy == "" || change.HandedBy == "" && change.From != "" {
			s.t.Errorf("%s → %s is signed by %q and %q", change.From, change.To, change.HandedBy, change.ReceivedBy)
		}
	}
	if last := steps[len(steps)-1]; last != page.Party.Holder {
		s.t.Errorf("the chain ends with %s and %s is responsible", last, page.Party.Holder)
	}
	return strings.Join(steps, " > ")
}

func (s *scene) form(no, key string) string {
	var text string
	_ = json.Unmarshal(s.fold(no).Form[key], &text)
	return text
}

func (s *scene) letters(no string) string {
	s.t.Helper()
	found, err := s.PartyCase(s.t.Context(), s.scope(organiser), s.fold(no))
	if err != nil {
		s.t.Fatal(err)
	}
	var list []string
	for _, letter := range found.Letters {
		list = append(list, fmt.Sprintf("%s %s %s", letter.Number[len(letter.Number)-1:], letter.State, letter.ExpiresOn))
	}
	return strings.Join(list, ", ")
}

// From the enterprise's committee to the community's branch: the sender answers until the member is received.
func TestAPartyRelationGoesToTheResidence(t *testing.T) {
	s := newScene(t)
	person := s.members(1)[0]
	no := s.mustRelate(organiser, person)
	if !strings.HasPrefix(no, "DZ-210106-") {
		t.Errorf("the number is %s", no)
	}
	// Dues are proposed from the roster, the community from the registry; the facts are the organiser's to state.
	proposal := s.fold(no).Current().Tasks[0].Proposal
	if string(proposal["duesPaidTo"]) != `"2026-10"` || string(proposal["community"]) != `"210106001017"` || string(proposal["memberStatus"]) != `"full"` || proposal["rehired"] != nil {
		t.Errorf("proposed: %s", proposal)
	}
	if refusal := s.partySign(no, nil); refusal == nil || refusal.Code != approval.CodeInvalidInput {
		t.Errorf("signed without the facts: %v", refusal)
	}
	if refusal := s.partySign(no, circumstances(map[string]any{"duesPaidTo": "去年"})); refusal == nil || refusal.Problems[0].Location != "form.duesPaidTo" {
		t.Errorf("signed with dues paid to nobody knows when: %v", refusal)
	}
	s.mustPartySign(no, circumstances(nil))
	s.mustPartySign(no, nil)
	if s.form(no, "rule") != "P4" || s.form(no, "destination") != procedures.DestinationCommunity || !strings.Contains(string(s.fold(no).Form["evidence"]), "S4.1") {
		t.Errorf("routed: %s", s.fold(no).Form)
	}
	if refusal := s.partySign(no, map[string]any{"letterDays": 91}); refusal == nil || refusal.Problems[0].Location != "form.letterDays" {
		t.Errorf("a letter for more than 90 days: %v", refusal)
	}
	s.mustPartySign(no, nil)
	if letters := s.letters(no); letters != "1 valid 2026-12-04" || s.form(no, "letterTo") != streetParty {
		t.Errorf("letters %s to %s", letters, s.form(no, "letterTo"))
	}
	s.partyTo(no, procedures.StagePartyReception)
	if refusal := s.partySign(no, nil); refusal == nil || refusal.Problems[0].Location != "form.branch" {
		t.Errorf("received without a branch: %v", refusal)
	}
	s.partyTo(no, procedures.StagePartyReceptionConfirm)
	if chain := s.answers(person); chain != committee {
		t.Errorf("before the member is received: %s", chain)
	}
	s.mustPartySign(no, nil)
	if chain := s.answers(person); chain != committee+" > "+branchParty {
		t.Errorf("received: %s", chain)
	}
	s.clean()
	// Nobody returns to where the member was without the sender answering again.
	back := s.command(no, organiser, approval.ActionReturn)
	back.ToStage, back.AfterReturn, back.Opinion, back.Defects = procedures.StagePartyReception, approval.AfterReturnWalk, "回执填写有误", []approval.Defect{{Item: "回执", Detail: "姓名有误"}}
	s.act(no, back)
	if chain := s.answers(person); chain != committee+" > "+branchParty+" > "+committee {
		t.Errorf("returned: %s", chain)
	}
	s.partyTo(no, "")
	if chain := s.answers(person); s.fold(no).State != approval.CaseClosed || chain != committee+" > "+branchParty+" > "+committee+" > "+branchParty || s.letters(no) != "1 received 2026-12-04" {
		t.Errorf("%s: %s, letters %s", s.fold(no).State, chain, s.letters(no))
	}
	s.clean()
	// The member moves later on: whoever is responsible now begins, and nobody else.
	if _, err := s.relate(organiser, person); codeOf(err) != approval.CodeDuplicate || !strings.Contains(approval.AsError(err).Message.ZH, branchParty) {
		t.Errorf("the former organisation began: %v", err)
	}
	s.mustRelate("party-community-001017-clerk-1", person)
	for _, damage := range []struct{ do, undo string }{
		{`UPDATE party_relations SET holder_name = '别处党委'`, `UPDATE party_relations SET holder_name = '` + branchParty + `'`},
		{`UPDATE party_relations SET branch = '别的支部'`, `UPDATE party_relations SET branch = '第一党支部'`},
		{`UPDATE party_responsibilities SET from_name = '别处党委' WHERE seq = 3`, `UPDATE party_responsibilities SET from_name = '` + branchParty + `' WHERE seq = 3`},
		{`UPDATE party_responsibilities SET seq = 9 WHERE seq = 2`, `UPDATE party_responsibilities SET seq = 2 WHERE seq = 9`},
		{`UPDATE party_letters SET state = 'valid'`, `UPDATE party_letters SET state = 'received'`},
	} {
		s.Run(damage.do)
		if found := s.examine(nil); len(found) != 1 || !strings.Contains(found[0], "Party organisations responsible") {
			t.Errorf("%s: doctor found %v", damage.do, found)
		}
		s.Run(damage.undo)
	}
	s.clean()
}

// A letter that is lost or has run out is void and another one is made out under a new number.
func TestALetterIsMadeOutAnew(t *testing.T) {
	s := newScene(t)
	person := s.members(1)[0]
	no := s.mustRelate(organiser, person)
	s.partyTo(no, procedures.StagePartyAcceptance)
	s.Clock.Advance(11 * 24 * time.Hour)
	if refusal := s.partySign(no, nil); refusal == nil || !strings.Contains(refusal.Message.ZH, "2026-12-04") {
		t.Errorf("a letter was taken after its last day: %v", refusal)
	}
	back := s.command(no, townParty, approval.ActionReturn)
	back.ToStage, back.AfterReturn, back.Opinion, back.Defects = procedures.StagePartyLetter, approval.AfterReturnWalk, "介绍信过期", []approval.Defect{{Item: "介绍信", Detail: "过期"}}
	s.act(no, back)
	if letters := s.letters(no); letters != "1 void 2026-12-04" {
		t.Errorf("returned: %s", letters)
	}
	s.mustPartySign(no, nil)
	if letters := s.letters(no); letters != "2 valid 2026-12-15, 1 void 2026-12-04" {
		t.Errorf("made out anew: %s", letters)
	}
	s.clean()
	withdraw := approval.Command{Key: stacktest.NextKey(), Action: approval.ActionWithdraw, Seen: s.fold(no).Version, Actor: s.actor(organiser), Posts: s.scope(organiser).Posts, Opinion: "党员去世"}
	if committed := s.act(no, withdraw); committed.Refusal != nil {
		t.Fatal(committed.Refusal)
	}
	if chain := s.answers(person); chain != committee || s.letters(no) != "2 void 2026-12-15, 1 void 2026-12-04" {
		t.Errorf("withdrawn: %s, letters %s", chain, s.letters(no))
	}
	s.clean()
	s.mustRelate(organiser, person)
}

// Every rule has its way, and where none applies people of the organisation department decide.
func TestEveryRuleHasItsWay(t *testing.T) {
	s := newScene(t)
	people := s.members(5)
	stays := s.mustRelate(organiser, people[0])
	s.mustPartySign(stays, circumstances(map[string]any{"rehired": true}))
	s.mustPartySign(stays, nil)
	if fold := s.fold(stays); fold.State != approval.CaseClosed || s.form(stays, "rule") != "P1" || s.form(stays, "destination") != procedures.DestinationStays || s.answers(people[0]) != committee {
		t.Errorf("P1: %s by %s, %s", fold.State, s.form(stays, "rule"), s.answers(people[0]))
	}

	away := s.mustRelate(organiser, people[1])
	elsewhere := circumstances(map[string]any{"employedElsewhere": true, "awayMonths": 8})
	if refusal := s.partySign(away, elsewhere); refusal == nil || refusal.Problems[0].Location != "form.organisation" {
		t.Errorf("P2 without the organisation gone to: %v", refusal)
	}
	elsewhere["organisation"] = "中共大连某公司委员会"
	s.mustPartySign(away, elsewhere)
	s.partyTo(away, procedures.StagePartyReceipt)
	if s.form(away, "rule") != "P2" || s.form(away, "letterTo") != "中共大连某公司委员会" || s.letters(away) != "1 valid 2026-12-24" || s.answers(people[1]) != committee {
		t.Errorf("P2: %s", s.fold(away).Form)
	}
	if refusal := s.partySign(away, nil); refusal == nil || refusal.Problems[0].Location != "form.receiptNumber" {
		t.Errorf("a receipt without its number: %v", refusal)
	}
	s.mustPartySign(away, map[string]any{"receiptNumber": "大连-88"})
	if chain := s.answers(people[1]); chain != committee+" > 中共大连某公司委员会" {
		t.Errorf("P2 received: %s", chain)
	}

	disputed := s.mustRelate(organiser, people[2])
	s.mustPartySign(disputed, circumstances(map[string]any{"disputed": true}))
	s.mustPartySign(disputed, nil)
	decision := s.fold(disputed).Current()
	if decision.Stage != procedures.StagePartyDecision || decision.Tasks[0].Office != "organisation" || decision.Tasks[0].Proposal["destination"] != nil {
		t.Errorf("contested facts go to %+v", decision)
	}
	if refusal := s.partySign(disputed, map[string]any{"destination": procedures.DestinationUndecided, "decisionReason": "不明"}); refusal == nil {
		t.Error("the organisation department left it undecided")
	}
	s.mustPartySign(disputed, map[string]any{"destination": procedures.DestinationCommunity, "decisionReason": "经核实常住本社区"})
	s.partyTo(disputed, "")
	if chain := s.answers(people[2]); chain != committee+" > "+branchParty {
		t.Errorf("decided by people: %s", chain)
	}

	// Without a Party organisation in the community, the street's answers for the member: nobody is left out.
	interim := s.mustRelate(organiser, people[3])
	s.mustPartySign(interim, circumstances(map[string]any{"community": "210106001019"}))
	s.partyTo(interim, procedures.StagePartyAcceptance)
	if proposed := s.fold(interim).Current().Tasks[0].Proposal["arrangement"]; string(proposed) != `"interim"` {
		t.Errorf("proposed: %s", proposed)
	}
	if refusal := s.partySign(interim, map[string]any{"arrangement": procedures.BranchOwn}); refusal == nil || refusal.Problems[0].Location != "form.arrangement" {
		t.Errorf("a branch that does not exist: %v", refusal)
	}
	if refusal := s.partySign(interim, map[string]any{"arrangement": procedures.BranchJoint}); refusal == nil || refusal.Problems[0].Location != "form.branch" {
		t.Errorf("a joint branch without a name: %v", refusal)
	}
	s.mustPartySign(interim, nil)
	s.partyTo(interim, "")
	if chain := s.answers(people[3]); chain != committee+" > "+streetParty {
		t.Errorf("without a branch: %s", chain)
	}
	if refusal := s.partySign(s.mustRelate(organiser, people[4]), circumstances(map[string]any{"community": "999999999999"})); refusal == nil || refusal.Problems[0].Location != "form.community" {
		t.Errorf("a community that does not exist: %v", refusal)
	}
	s.clean()
}

// Who may begin, and that each refusal says what is the matter.
func TestWhoMayBeginAPartyTransfer(t *testing.T) {
	s := newScene(t)
	people := s.retired(stacktest.NewPerson(1, stacktest.Person{"政治面貌": "中共预备党员", "党费交至": "2026-10"}), stacktest.NewPerson(2, nil))
	for _, test := range []struct {
		username, person string
		code             approval.Code
		says             string
	}{
		{organiser, people[1], approval.CodeInvalidInput, "不是中共党员"},
		{"party-enterprise-2-clerk-1", people[0], approval.CodeInvalidInput, "不是本企业的退休党员"},
		{"party-community-001017-clerk-1", people[0], approval.CodeInvalidInput, "不由本党组织负责"},
		{organiser, "P0", approval.CodeInvalidInput, "不是本企业的退休党员"},
	} {
		if _, err := s.relate(test.username, test.person); codeOf(err) != test.code || !strings.Contains(approval.AsError(err).Message.ZH, test.says) {
			t.Errorf("%s for %s: %v", test.username, test.person, err)
		}
	}
	s.mustRelate(organiser, people[0])
	if _, err := s.relate(organiser, people[0]); codeOf(err) != approval.CodeDuplicate || !strings.Contains(approval.AsError(err).Message.ZH, "正在转接") {
		t.Errorf("a second transfer: %v", err)
	}
	s.clean()
}
