package managementform_test

import (
	"slices"
	"testing"

	"jieli/approval"
	"jieli/procedures"
	"jieli/workflows/internal/casetest"
	"jieli/workflows/managementform"
)

var (
	enterpriseClerk    = casetest.Person("enterprise-1", approval.RoleClerk, 1)
	enterpriseReviewer = casetest.Person("enterprise-1", approval.RoleReviewer, 1)
	enterpriseHead     = casetest.Person("enterprise-1", approval.RoleHead, 1)
	bureauClerk        = casetest.Person("bureau", approval.RoleClerk, 1)
	sectionHead        = casetest.Person("bureau", approval.RoleReviewer, 1)
	director           = casetest.Person("bureau", approval.RoleHead, 1)
	accountant         = casetest.Person("finance", approval.RoleClerk, 1)
	agencyClerk        = casetest.Person("agency", approval.RoleClerk, 1)
	agencyHead         = casetest.Person("agency", approval.RoleHead, 1)
)

func group(caseType string) approval.Submission {
	procedure, _ := procedures.Find(caseType)
	return approval.Submission{Stages: procedure.Stages, Parent: "YJ-210106-20261123-0001", Actor: approval.Actor{Person: approval.SystemPerson}, Office: "enterprise-1",
		LineSet: &approval.LineSet{Version: 1, Digest: "d", Count: 5}, Facts: map[string]string{procedures.FactBatch: "true"}}
}

func with(values map[string]any) func(*approval.Command) {
	return func(command *approval.Command) {
		for key, value := range values {
			command.Form[key] = casetest.Value(value)
		}
	}
}

type row = map[string]any

var (
	document   = map[string]any{"documentNumber": "国资〔2026〕8号", "documentIssuer": "市国资委", "documentOn": "2026-10-08"}
	registered = with(map[string]any{"reviewOn": "2027-10-08"})
)

// scripts are the ways of the four forms, each from its first signature to its registration.
func scripts() map[string][]casetest.Step {
	commission := with(map[string]any{"ground": "housing", "entrusted": "enterprise", "bodyName": "退管中心", "letterNumber": "WT-1", "termFrom": "2026-11-01", "termTo": "2029-11-01", "scope": "管理服务",
		"uniformName": true, "uniformRules": true, "uniformDuties": true})
	county := with(map[string]any{"weakCommunities": true, "scattered": true, "serviceContact": "退管科"})
	decision := with(map[string]any{"bodyUnit": "区总工会", "bodyName": "活动中心", "bodyResources": "6 人"})
	return map[string][]casetest.Step{
		procedures.TypeEntrustment: {
			casetest.Refused(approval.CodeInvalidInput, bureauClerk, approval.ActionApprove), casetest.Sign(bureauClerk, commission), casetest.Sign(director),
			casetest.Sign(enterpriseHead, with(map[string]any{"acceptsCommission": true, "staff": []row{{"name": "王敏", "duty": "联络"}}})),
			casetest.Sign(bureauClerk, with(map[string]any{"assessments": []row{{"name": "王敏", "trainedOn": "2026-11-20", "result": "qualified"}}})),
			casetest.Sign(sectionHead), casetest.At(procedures.StageRegistration), casetest.Sign(director, registered)},
		procedures.TypeWholeTransfer: {
			casetest.Sign(enterpriseClerk, with(map[string]any{"bodyName": "退管中心", "organisation": []row{{"name": "退休科", "head": "赵刚", "posts": 3}}, "staff": []row{{"name": "王敏", "post": "科员"}},
				"assets": []row{{"name": "活动室", "quantity": 1, "unit": "间", "place": "厂区"}}})), casetest.Sign(enterpriseHead),
			casetest.Sign(bureauClerk, with(document), with(map[string]any{"freeOfCharge": true})), casetest.Sign(accountant, with(map[string]any{"assetRegister": "GZ-1", "assetRegisteredOn": "2026-11-20"})),
			casetest.Sign(enterpriseClerk, with(map[string]any{"countSent": []row{{"asset": "活动室", "counted": 1}}})), casetest.Sign(bureauClerk, with(map[string]any{"countReceived": []row{{"asset": "活动室", "counted": 1}}})),
			casetest.Sign(enterpriseReviewer, with(map[string]any{"placements": []row{{"name": "王敏", "consents": true}}})),
			// Both heads sign the takeover sheet, each for a side of their own.
			casetest.Sign(director), casetest.At(procedures.StageTakeover), casetest.Sign(enterpriseHead), casetest.At(procedures.StageRegistration), casetest.Sign(director, registered)},
		procedures.TypeAgencyManagement: {casetest.Sign(agencyClerk, with(document), county), casetest.Sign(agencyHead), casetest.Sign(director, registered)},
		procedures.TypeExistingBody:     {casetest.Sign(bureauClerk, with(document), decision), casetest.Sign(sectionHead), casetest.Sign(director, registered)},
	}
}

// TestEveryFormIsRegistered, with a new run after every command.
func TestEveryFormIsRegistered(t *testing.T) {
	for name, script := range scripts() {
		t.Run(name, func(t *testing.T) {
			if !slices.Contains(managementform.Names, name) {
				t.Fatal("the workflow does not run it")
			}
			c := casetest.New(t, name, managementform.Workflow)
			c.UpdatesPerRun = 1
			c.Run(group(name), script...)
			if fold := c.Fold(); fold.State != approval.CaseClosed || len(fold.Skipped) > 0 {
				t.Errorf("the case is %s and skipped %v", fold.State, fold.Skipped)
			}
		})
	}
}
