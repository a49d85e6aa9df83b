package api_test

import (
	"net/http"
	"strings"
	"testing"

	"jieli/internal/stacktest"
)

// A rule answers with its derivation, its name and its version; what does not fit names its place.
func TestARuleCanBeTried(t *testing.T) {
	system := stacktest.NewSystem(t, stacktest.Options{WithoutWorker: true})
	clerk := system.As("street-001-clerk-1")
	var listed struct{ Items []struct{ Name string } }
	clerk.Get("/rules").Expect(http.StatusOK).Read(&listed)
	if len(listed.Items) == 0 || listed.Items[0].Name != "working-days" {
		t.Fatalf("the rules listed: %+v", listed)
	}
	var answer struct {
		Result struct {
			Due     string
			Counted []string
		}
		Derivation []struct {
			Step  struct{ EN string }
			Value string
		}
		Rule    string
		Version int
	}
	clerk.Send(http.MethodPost, "/rules/working-days/evaluate", map[string]any{"from": "2026-11-24", "days": 3}).Expect(http.StatusOK).Read(&answer)
	if answer.Result.Due != "2026-11-27" || len(answer.Result.Counted) != 3 || len(answer.Derivation) == 0 || answer.Rule != "working-days" || answer.Version < 1 {
		t.Errorf("the answer: %+v", answer)
	}
	// Another calendar answers otherwise, and is named with its version.
	system.Run(`INSERT INTO calendars(scope, version, source, changed_by, changed_at) VALUES ('210106', 2, '铁西发1号', 'x', now())`)
	system.Run(`INSERT INTO calendar_days(scope, day, working, name) VALUES ('210106', '2026-11-26', false, '停电')`)
	for _, calendar := range []string{"210106", "office:street-001"} {
		clerk.Send(http.MethodPost, "/rules/working-days/evaluate", map[string]any{"from": "2026-11-24", "days": 3, "calendar": calendar}).Expect(http.StatusOK).Read(&answer)
		if answer.Result.Due != "2026-11-30" || answer.Derivation[0].Value != "铁西区" || !strings.Contains(answer.Derivation[0].Step.EN, "edit 2") {
			t.Errorf("by %s: %+v", calendar, answer)
		}
	}
	for _, calendar := range []string{"lunar", "999999"} {
		refused := clerk.Send(http.MethodPost, "/rules/working-days/evaluate", map[string]any{"from": "2026-11-24", "days": 3, "calendar": calendar}).Expect(http.StatusUnprocessableEntity).Problem()
		if len(refused.Errors) != 1 || refused.Errors[0].Location != "calendar" {
			t.Errorf("%s: %+v", calendar, refused)
		}
	}
	refused := clerk.Send(http.MethodPost, "/rules/working-days/evaluate", map[string]any{"from": "soon", "days": 3}).Expect(http.StatusUnprocessableEntity).Problem()
	if len(refused.Errors) != 1 || refused.Errors[0].Location != "from" {
		t.Errorf("the problem: %+v", refused)
	}
	clerk.Send(http.MethodPost, "/rules/unknown/evaluate", map[string]any{}).Expect(http.StatusNotFound)
}

// The three rules of a handover answer by the settings and the directory of the place.
func TestTheDestinationsCanBeTried(t *testing.T) {
	system := stacktest.NewSystem(t, stacktest.Options{WithoutWorker: true})
	clerk := system.As("community-001017-clerk-1")
	var answer struct {
		Result struct {
			Form, Rule, Destination, State, Holder, DecidedBy string
			Needs                                             []string
		}
		Summary    struct{ ZH, EN string }
		Derivation []struct {
			Value, Clause string
			Source        struct{ ZH, EN string }
		}
	}
	try := func(rule string, input map[string]any) {
		t.Helper()
		answer.Result.DecidedBy, answer.Result.Holder = "", ""
		clerk.Send(http.MethodPost, "/rules/"+rule+"/evaluate", input).Expect(http.StatusOK).Read(&answer)
		if answer.Summary.ZH == "" || answer.Summary.EN == "" || len(answer.Derivation) == 0 {
			t.Errorf("%s explains nothing: %+v", rule, answer)
		}
	}
	system.Run(`INSERT INTO offices(id, kind, name, region, path) VALUES ('0-archive-1', 'archive', '铁西区档案保管中心', '210106', '210106'), ('0-archive-2', 'archive', '和平区人才中心', '210102', '210102')`)
	try("form-of-management", map[string]any{"region": "210106", "enterprise": map[string]any{"kind": "city", "devolvedFromCentre": false, "remoteMiningArea": true, "concentratedHousing": false},
		"community": map[string]any{"established": false, "developed": false}})
	if answer.Result.Form != "F2" || len(answer.Result.Needs) != 1 || answer.Result.Needs[0] != "commissioning-letter" {
		t.Errorf("a mining area: %+v", answer.Result)
	}
	member := map[string]any{"rehiredByOriginalUnit": false, "employedElsewhere": true, "awayMonths": 3, "residence": "210106001017", "hukou": "210106001017"}
	try("party-routing", member)
	if answer.Result.Rule != "P4" || answer.Result.Destination != "residence" {
		t.Errorf("employed for three months: %+v", answer.Result)
	}
	person := map[string]any{"cadre": "ordinary", "formerSecretPost": false, "enterpriseRegion": "210106", "residence": "210102001001"}
	try("archive-destination", person)
	if answer.Result.State != "transfer" || answer.Result.Holder != "铁西区档案保管中心" {
		t.Errorf("by the enterprise's place: %+v", answer.Result)
	}

	system.Run(`INSERT INTO settings(name, region, valid_from, version, value, source) VALUES
		('half_year_limits_employment', '210106', '2020-01-01', 1, '"no"', '铁西组发1号'), ('archive_holder_basis', '210106', '2020-01-01', 1, '"residence"', '铁西发2号')`)
	try("party-routing", member)
	if answer.Result.Rule != "P2" || answer.Result.Destination != "workplace" {
		t.Errorf("where the limit is not on employment: %+v", answer.Result)
	}
	named := false
	for _, step := range answer.Derivation {
		named = named || step.Source.ZH == "铁西组发1号" && step.Clause == "S4.4"
	}
	if !named {
		t.Errorf("the setting's document is not named: %+v", answer.Derivation)
	}
	try("archive-destination", person)
	if answer.Result.State != "transfer" || answer.Result.Holder != "和平区人才中心" {
		t.Errorf("by residence: %+v", answer.Result)
	}
	for rule, refused := range map[string]struct {
		input map[string]any
		place string
	}{
		"form-of-management":  {map[string]any{"region": "210106", "community": map[string]any{"established": true, "developed": 1}}, "community.developed"},
		"party-routing":       {map[string]any{"rehiredByOriginalUnit": false, "employedElsewhere": false, "awayMonths": -1, "residence": "210106", "hukou": "210106"}, "awayMonths"},
		"archive-destination": {map[string]any{"cadre": "provincial", "formerSecretPost": false, "enterpriseRegion": "210106", "residence": "210106"}, "cadre"},
	} {
		problem := clerk.Send(http.MethodPost, "/rules/"+rule+"/evaluate", refused.input).Expect(http.StatusUnprocessableEntity).Problem()
		if len(problem.Errors) != 1 || problem.Errors[0].Location != refused.place {
			t.Errorf("%s: %+v", rule, problem)
		}
	}
}

// A family's "how much": the sums in fen with every line, the figure a place has entered, and refusals that
// name their field.
func TestABenefitCanBeTried(t *testing.T) {
	system := stacktest.NewSystem(t, stacktest.Options{WithoutWorker: true})
	clerk := system.As("agency-clerk-1")
	var answer struct {
		Result struct {
			FuneralGrant, SurvivorPayment, Total, BaseAnnual int64
			SurvivorMonths                                   float64
			Provisional                                      bool
		}
		Summary    struct{ ZH, EN string }
		Derivation []struct {
			Step                struct{ ZH, EN string }
			Value, Unit, Clause string
			Source              struct{ ZH, EN string }
		}
		Rule    string
		Version int
	}
	try := func(input map[string]any) {
		t.Helper()
		answer.Derivation = nil
		clerk.Send(http.MethodPost, "/rules/benefit/evaluate", input).Expect(http.StatusOK).Read(&answer)
	}
	documents := func() (all string) {
		for _, step := range answer.Derivation {
			all += step.Source.ZH + "\n"
		}
		return all
	}
	retiree := map[string]any{"province": "210000", "deathDate": "2024-05-01", "status": "retired", "contributionYears": 30, "pensionYears": 6, "baseAnnual": 60_180_00}
	try(retiree)
	if got := answer.Result; got.FuneralGrant != 10_030_00 || got.SurvivorMonths != 18 || got.SurvivorPayment != 90_270_00 || got.Total != 100_300_00 || got.Provisional || answer.Rule != "benefit" || answer.Version != 2 {
		t.Errorf("18 months: %+v", answer)
	}
	if !strings.Contains(answer.Summary.ZH, "100,300.00 元") || !strings.Contains(answer.Summary.EN, "¥100,300.00") {
		t.Errorf("the summary: %+v", answer.Summary)
	}

	// Nobody has entered Liaoning's figure: the refusal names the field to give.
	delete(retiree, "baseAnnual")
	refused := clerk.Send(http.MethodPost, "/rules/benefit/evaluate", retiree).Expect(http.StatusUnprocessableEntity).Problem()
	if len(refused.Errors) != 1 || refused.Errors[0].Location != "baseAnnual" {
		t.Errorf("no figure: %+v", refused)
	}
	// Entered for the province, it counts; entered for the caller's own district, that does; for another year it is provisional.
	system.Run(`INSERT INTO settings(name, region, valid_from, version, value, source) VALUES ('urban_income:2023', '210000', '2020-01-01', 1, '47066', '辽统1号'), ('benefit_years_counted', '210106', '2020-01-01', 1, '"full_year"', '铁西2号')`)
	retiree["pensionYears"] = 25.5
	try(retiree)
	if answer.Result.Total != 43_143_83 || answer.Result.BaseAnnual != 47_066_00 || answer.Result.Provisional || !strings.Contains(documents(), "辽统1号") || !strings.Contains(documents(), "铁西2号") {
		t.Errorf("the province's figure: %+v", answer)
	}
	retiree["deathDate"], retiree["province"] = "2025-05-01", "21"
	try(retiree)
	if answer.Result.Total != 43_143_83 || !answer.Result.Provisional {
		t.Errorf("a year early: %+v", answer)
	}
	for change, place := range map[string]any{"province": "210106", "deathDate": "2021-08-31", "contributionYears": -1, "pensionYears": 71} {
		wrong := map[string]any{"province": "210000", "deathDate": "2024-05-01", "status": "retired", "contributionYears": 30, "pensionYears": 6}
		wrong[change] = place
		problem := clerk.Send(http.MethodPost, "/rules/benefit/evaluate", wrong).Expect(http.StatusUnprocessableEntity).Problem()
		if len(problem.Errors) != 1 || problem.Errors[0].Location != change {
			t.Errorf("%s: %+v", change, problem)
		}
	}
}
