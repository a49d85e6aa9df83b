package api

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"jieli/approval"
	"jieli/internal/view"
)

// Permissions that are no line of the policy: anybody, and anybody signed in.
const (
	permitOpen     = "open"
	permitSignedIn = "signed-in"
)

// route is one row of the table.
type route struct {
	Method, Path, Permission, Summary string
	register                          func(huma.API)
}

// routes is THE table: every operation of the API with its permission (policies/policy.csv).
func (s *Server) routes() []route {
	const (
		get, post, put, remove = http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete
	)
	return []route{
		operation(s, post, "/session", permitOpen, "Sign in", s.signIn),
		operation(s, remove, "/session", permitSignedIn, "Sign out", s.signOut),
		operation(s, get, "/me", permitSignedIn, "The caller: posts, permissions, language", s.me),
		operation(s, post, "/me/password", permitSignedIn, "Change the caller's password", s.changePassword),
		operation(s, get, "/demo/accounts", permitOpen, "Demonstration accounts", s.demoAccounts),
		operation(s, get, "/demo/messages", permitOpen, "What a demonstration would have sent", s.demoMessages),

		operation(s, get, "/procedures", permitSignedIn, "The procedures", s.listProcedures),
		operation(s, get, "/procedures/{type}", permitSignedIn, "One procedure with its stages", s.getProcedure),

		operation(s, post, "/cases", "case.submit", "Submit a case", s.submitCase),
		operation(s, get, "/cases", "case.read", "List cases", s.listCases),
		operation(s, get, "/cases/{no}", "case.read", "One case", s.getCase),
		operation(s, get, "/cases/{no}/journal", "case.read", "The journal of a case", s.getJournal),
		operation(s, get, "/cases/{no}/children", "case.read", "Child cases", s.listChildren),
		operation(s, get, "/cases/{no}/lines", "case.read", "The people of a batch", s.listLines),
		operation(s, get, "/cases/{no}/estates", "case.read", "Addresses without a place, by estate", s.listEstates),
		operation(s, get, "/cases/{no}/papers/{paper}.pdf", "case.read", "A paper of a case as PDF", s.printPaper),
		operation(s, get, "/cases/{no}/papers/{paper}", "case.read", "The code that goes onto a printed paper", s.issuePaper),
		operation(s, get, "/verification/{code}", permitOpen, "What the journal says of a printed paper", s.verify),
		operation(s, post, "/family/inquiry", permitOpen, "Where a family's case is, by the code of the slip", s.inquire),
		operation(s, get, "/cases/{no}/notice", "case.read", "The one-time notice of a returned case", s.getNotice),
		operation(s, post, "/cases/{no}/actions", "case.act", "Act on a case", s.actOnCase),
		operation(s, post, "/cases/{no}/files", "case.act", "Upload a file to attach", s.uploadFile),
		operation(s, post, "/cases/{no}/returned", "roster.upload", "A new roster of the people sent back", s.offerReturned),
		operation(s, get, "/cases/{no}/files/{file}", "case.read", "Download an attachment", s.downloadFile),

		operation(s, put, "/cases/{no}/claimants", "case.act", "Change who claims a benefit, or the account a correction asks for", s.setClaimants),
		operation(s, post, "/cases/{no}/receipts", "receipt.record", "Write down money that came in for a recovery", s.recordReceipt),
		operation(s, post, "/cases/{no}/benefit-preview", "case.act", "What the rule finds from what is being filled in", s.previewBenefit),
		operation(s, get, "/payments/batches", "payment.read", "Payment batches of the caller's offices", s.listBatches),
		operation(s, get, "/payments/batches/{no}", "payment.read", "The lines of a payment batch, accounts masked", s.listBatchLines),
		operation(s, get, "/payments/provisional", "payment.read", "Benefits released by a provisional figure, with their true-ups", s.listProvisional),
		operation(s, get, "/payments/reconciliation", "payment.read", "The ledger against what the bank has said", s.getReconciliation),
		operation(s, post, "/payments/results", "payment.settle", "Read a result file of the bank", s.readResults),

		operation(s, get, "/benefits/statistics", "benefit.statistics", "Deaths and benefits by office and month", s.benefitStatistics),
		operation(s, get, "/benefits/statistics.xlsx", "benefit.statistics", "The same as a workbook", s.benefitStatisticsSheet),
		operation(s, get, "/benefits/statistics/cases", "benefit.statistics", "The cases behind a number", s.benefitStatisticsCases),

		operation(s, get, "/tasks", "task.read", "The inbox", s.listTasks),
		operation(s, get, "/tasks/counts", "task.read", "Numbers of the inbox", s.countTasks),
		operation(s, get, "/officers/{id}/tasks", "task.reassign", "What an officer of the caller's office has in hand", s.listHeldTasks),
		operation(s, post, "/tasks/actions", "case.act", "Act on several tasks", s.actOnTasks),

		operation(s, get, "/notices", permitSignedIn, "The caller's notices", s.listNotices),
		operation(s, post, "/notices/read", permitSignedIn, "Mark notices as read", s.readNotices),
		operation(s, get, "/notices/stream", permitSignedIn, "Notices and changes as they happen (server-sent events)", s.streamNotices),

		operation(s, get, "/views", permitSignedIn, "Saved views, own and shared", s.listViews),
		operation(s, post, "/views", permitSignedIn, "Save a view", s.addView),
		operation(s, put, "/views/{id}", permitSignedIn, "Change a view", s.changeView),
		operation(s, remove, "/views/{id}", permitSignedIn, "Delete a view", s.deleteView),
		operation(s, get, "/drafts/{taskId}", "task.read", "What the caller was filling in", s.getDraft),
		operation(s, put, "/drafts/{taskId}", "task.read", "Keep what is being filled in", s.saveDraft),
		operation(s, remove, "/drafts/{taskId}", "task.read", "Forget a draft", s.deleteDraft),
		operation(s, get, "/phrases", permitSignedIn, "The caller's phrases", s.listPhrases),
		operation(s, post, "/phrases", permitSignedIn, "Keep a phrase", s.addPhrase),
		operation(s, put, "/phrases/{id}", permitSignedIn, "Change a phrase", s.changePhrase),
		operation(s, post, "/phrases/{id}/use", permitSignedIn, "Count a use of a phrase", s.usePhrase),
		operation(s, remove, "/phrases/{id}", permitSignedIn, "Delete a phrase", s.deletePhrase),

		operation(s, get, "/rosters/template.xlsx", "roster.read", "The roster template", s.rosterTemplate),
		operation(s, get, "/rosters/columns", "roster.read", "The columns of a roster", s.rosterColumns),
		operation(s, post, "/rosters", "roster.upload", "Upload a roster", s.uploadRoster),
		operation(s, get, "/rosters", "roster.read", "The caller's rosters", s.listRosters),
		operation(s, get, "/rosters/{id}", "roster.read", "One roster", s.getRoster),
		operation(s, get, "/rosters/{id}/rows", "roster.read", "Rows of a roster", s.listRosterRows),
		operation(s, get, "/rosters/{id}/errors.xlsx", "roster.upload", "The correctable workbook", s.rosterErrors),
		operation(s, put, "/rosters/{id}/file", "roster.upload", "Upload the corrected workbook", s.correctRoster),
		operation(s, put, "/rosters/{id}/mapping", "roster.upload", "Name the unknown columns", s.mapRoster),
		operation(s, post, "/rosters/{id}/discard", "roster.upload", "Take out rows that are not part of the handover", s.discardRows),

		operation(s, get, "/people", "person.read", "Search people", s.listPeople),
		operation(s, get, "/people/{id}", "person.read", "One person", s.getPerson),
		operation(s, post, "/people/{id}/reveal", "person.reveal", "Reveal a masked field", s.revealPerson),

		operation(s, get, "/groups", "person.read", "Groups under an interim form of management", s.listGroups),
		operation(s, get, "/groups/{id}", "person.read", "One group with the cases about it", s.getGroup),
		operation(s, get, "/groups/{id}/people", "person.read", "The people of a group", s.listGroupPeople),

		operation(s, get, "/supervision/summary", "supervision.read", "The tiles of the supervision board", s.supervisionSummary),
		operation(s, get, "/supervision/ageing", "supervision.read", "Open tasks by office and deadline", s.supervisionAgeing),
		operation(s, get, "/supervision/bottlenecks", "supervision.read", "How long each stage takes", s.supervisionBottlenecks),
		operation(s, get, "/supervision/stuck", "supervision.read", "What a number of the board counts; the stuck list", s.supervisionStuck),
		operation(s, get, "/supervision/stuck.xlsx", "supervision.read", "The same list as a workbook", s.supervisionSheet),
		operation(s, get, "/supervision/reviews", "supervision.read", "What is to be looked at again soon or since", s.supervisionReviews),
		operation(s, get, "/supervision/progress", "supervision.read", "Progress of handovers, by enterprise or street", s.supervisionProgress),
		operation(s, get, "/supervision/progress.xlsx", "supervision.read", "The same as a workbook", s.supervisionProgressSheet),
		operation(s, get, "/supervision/faults", "supervision.faults", "Cases stuck for a technical reason", s.listFaults),
		operation(s, post, "/supervision/faults/{no}/retry", "supervision.retry", "Make a stuck case try again", s.retryFault),
		operation(s, get, "/supervision/messages", "supervision.faults", "Messages that could not be sent", s.listMessages),
		operation(s, post, "/supervision/messages/{id}/retry", "supervision.retry", "Send a failed message again", s.retryMessage),

		operation(s, get, "/rules", permitSignedIn, "Rules one can try", s.listRules),
		operation(s, post, "/rules/{name}/evaluate", permitSignedIn, "Try a rule", s.evaluateRule),

		operation(s, get, "/substitutions", "substitution.read", "Who stands in for whom", s.listSubstitutions),
		operation(s, post, "/substitutions", "substitution.set", "Set a substitute", s.setSubstitution),
		operation(s, post, "/substitutions/{id}/revoke", "substitution.set", "Revoke a substitution", s.revokeSubstitution),

		operation(s, get, "/calendars/{scope}", "settings.read", "A working calendar, for one year", s.getCalendar),
		operation(s, get, "/settings", "settings.read", "Jurisdiction settings", s.listSettings),
		operation(s, get, "/settings/changes", "settings.read", "Proposed changes to calendars and settings", s.listChanges),
		operation(s, post, "/settings/changes", "settings.propose", "Propose a change to a calendar or a setting", s.proposeChange),
		operation(s, post, "/settings/changes/{id}/decision", "settings.confirm", "Confirm, refuse or withdraw a proposed change", s.decideChange),
		operation(s, get, "/settings/recomputations", "settings.read", "Deadlines being reckoned again after calendar edits", s.listRecomputations),

		operation(s, get, "/offices", "directory.read", "The directory of offices", s.listOffices),
		operation(s, get, "/offices/{id}/officers", "directory.read", "Officers of an office", s.listOfficers),
		operation(s, get, "/regions", "directory.read", "Administrative divisions", s.listRegions),
	}
}

// operation makes one row: the permission is asked before the handler runs, and whatever the
// handler refuses becomes a problem document in the caller's language.
func operation[I, O any](s *Server, method, path, permission, summary string, handler func(context.Context, *I) (*O, error)) route {
	declared := huma.Operation{Method: method, Path: "/api/v1" + path, Summary: summary, OperationID: operationID(method, path),
		Extensions: map[string]any{"x-permission": permission}, MaxBodyBytes: uploadLimit, BodyReadTimeout: -1}
	if method == http.MethodPost && path == "/cases" {
		declared.DefaultStatus = http.StatusCreated
	}
	if method == http.MethodPost && (path == "/rosters" || path == "/cases/{no}/returned") || method == http.MethodPut && strings.HasPrefix(path, "/rosters/") {
		declared.DefaultStatus = http.StatusAccepted
	}
	return route{Method: method, Path: path, Permission: permission, Summary: summary, register: func(api huma.API) {
		huma.Register(api, declared, func(ctx context.Context, input *I) (*O, error) {
			if err := s.permit(ctx, permission); err != nil {
				return nil, s.worded(ctx, err)
			}
			output, err := handler(ctx, input)
			if err != nil {
				return nil, s.worded(ctx, err)
			}
			return output, nil
		})
	}}
}

func (s *Server) worded(ctx context.Context, err error) error {
	language, _ := ctx.Value(languageKey).(string)
	p := problem(err, language, requestIDOf(ctx))
	if p.Status >= 500 {
		s.Logger.Error("request failed", "request", p.RequestID, "error", err)
	}
	if p.retryAfter > 0 {
		return huma.ErrorWithHeaders(p, http.Header{"Retry-After": {strconv.Itoa(p.retryAfter)}})
	}
	return p
}

// permit asks the policy for each of the caller's posts, and narrows what the caller sees to the
// posts that give the permission: rights of one office do not reach into another.
func (s *Server) permit(ctx context.Context, permission string) error {
	if permission == permitOpen || permission == permitSignedIn {
		return nil
	}
	who := callerOf(ctx)
	granting := []view.PostView{}
	for _, post := range who.posts {
		if s.Enforcer.Allowed(who.actor.Person, post.Office, permission) {
			granting = append(granting, post)
		}
	}
	if len(granting) == 0 {
		return approval.Refuse(approval.CodeForbidden, "您的岗位没有这项权限，请联系本单位系统管理员", "your post does not include this; ask your system administrator")
	}
	posts := who.scope.Posts
	who.scope = scopeOf(who.actor.Person, granting)
	// What a person may sign is decided by the case, from every post.
	who.scope.Posts = posts
	who.actor.Office, who.actor.Role = granting[0].Office, granting[0].Role
	return nil
}

func operationID(method, path string) string {
	id := []byte{}
	for _, c := range []byte(method + path) {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' {
			id = append(id, c)
		} else if len(id) > 0 && id[len(id)-1] != '-' {
			id = append(id, '-')
		}
	}
	return string(id)
}
