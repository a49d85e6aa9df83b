package approval

import "slices"

// OfficeKind is the kind of office that answers for a stage (api.md, officeKind).
type OfficeKind string

// The kinds of offices.
const (
	KindEnterprise   OfficeKind = "enterprise"
	KindBureau       OfficeKind = "bureau"
	KindAgency       OfficeKind = "agency"
	KindOrganisation OfficeKind = "organisation"
	KindStreet       OfficeKind = "street"
	KindCommunity    OfficeKind = "community"
	KindArchive      OfficeKind = "archive"
	KindParty        OfficeKind = "party"
	KindFinance      OfficeKind = "finance"
	KindHealth       OfficeKind = "health"
	KindSupervision  OfficeKind = "supervision"
)

// Role is what a post lets its holder do in an office.
type Role string

// The roles (policies/policy.csv says what each may call).
const (
	RoleClerk                 Role = "clerk"
	RoleReviewer              Role = "reviewer"
	RoleHead                  Role = "head"
	RoleFundCashier           Role = "fund_cashier"
	RoleInternalAuditor       Role = "internal_auditor"
	RoleSupervisor            Role = "supervisor"
	RoleSystemAdministrator   Role = "system_administrator"
	RoleSecurityAdministrator Role = "security_administrator"
	RoleAuditAdministrator    Role = "audit_administrator"
)

// Mode says when a visit to a stage ends.
type Mode string

// The modes. Children is a named wait: the visit ends when every child case has.
const (
	ModeSingle   Mode = "single"
	ModeAny      Mode = "any"
	ModeAll      Mode = "all"
	ModeQuorum   Mode = "quorum"
	ModeSequence Mode = "sequence"
	ModeChildren Mode = "children"
)

// Veto says what refusals do in a stage of several signers.
type Veto string

// The veto rules; an empty rule is VetoFirst.
const (
	// VetoFirst: one refusal ends the visit.
	VetoFirst Veto = "first"
	// VetoCollect: everybody speaks, then the number the mode asks for decides.
	VetoCollect Veto = "collect"
	// VetoMajority: more than half of the signers decide, as soon as that is certain.
	VetoMajority Veto = "majority"
)

// ExpiryAction is what happens when a visit runs out of time.
type ExpiryAction string

// What expiry does. Reminders are sent in any case.
const (
	ExpiryRemind ExpiryAction = "remind"
	// ExpiryEscalate widens the task to the head of the office, and half the allowed time later to
	// the supervising office, which sees to it but never signs.
	ExpiryEscalate ExpiryAction = "escalate"
	// ExpiryApprove is deemed approval, only where a clause allows it.
	ExpiryApprove ExpiryAction = "approve"
	// ExpiryEnd ends the case as expired.
	ExpiryEnd ExpiryAction = "end"
)

// Expiry is what a stage does when its time has run out.
type Expiry struct {
	Action ExpiryAction `json:"action"`
	Clause string       `json:"clause,omitempty"`
}

// Party is to whom the time of a suspension belongs.
type Party string

// Who holds the clock of a suspended case.
const (
	PartyApplicant Party = "applicant"
	PartyOutside   Party = "outside"
	PartyFreeze    Party = "freeze"
)

// SuspendReason is one reason for which a stage may be suspended, and whose time it then is.
type SuspendReason struct {
	Key   string `json:"key"`
	Title Text   `json:"title"`
	Party Party  `json:"party"`
	// NamesBody asks for the name of the body whose reply is waited for.
	NamesBody bool `json:"namesBody,omitempty"`
}

// DurationKind keeps the three kinds of duration apart; they are never converted (signoff.md, Time).
type DurationKind string

// The kinds of duration.
const (
	WorkingDays  DurationKind = "working_days"
	CalendarDays DurationKind = "calendar_days"
	WorkingHours DurationKind = "working_hours"
)

// Due is how long a visit may take. Zero Count means no deadline.
type Due struct {
	Kind  DurationKind `json:"kind,omitempty"`
	Count int          `json:"count,omitempty"`
}

// Signer is one place at the table of a stage: an office of a kind with a role. A signer marked
// EachOfLines stands for every office of the kind that has at least one line of the case.
type Signer struct {
	OfficeKind  OfficeKind `json:"officeKind"`
	Role        Role       `json:"role"`
	EachOfLines bool       `json:"eachOfLines,omitempty"`
	// Mandatory signers of a quorum must be among those who agree.
	Mandatory bool `json:"mandatory,omitempty"`
	// Of says whose office of the kind it is, where a district has many of them: a Party organisation
	// is that of an enterprise, a street or a community; OfApplicant is the office that submitted the case.
	Of string `json:"of,omitempty"`
}

// OfApplicant signers (Signer.Of) act for the office that submitted the case, of whatever kind it is.
const OfApplicant = "applicant"

// ForApplicant returns stages as a case freezes them: where the applicant's own office signs, its kind
// is known from then on.
func ForApplicant(stages []Stage, kind OfficeKind) []Stage {
	for i := range stages {
		for j := range stages[i].Signers {
			if signer := &stages[i].Signers[j]; signer.Of == OfApplicant {
				signer.OfficeKind = kind
			}
		}
	}
	return stages
}

// Material is one paper of a stage's tick list. Condition names the case fact under which it is needed.
type Material struct {
	Key       string `json:"key"`
	Title     Text   `json:"title"`
	Required  bool   `json:"required"`
	Condition string `json:"condition,omitempty"`
	Clause    string `json:"clause,omitempty"`
	// Scope "party" hides the paper from everyone without a Party role.
	Scope string `json:"scope,omitempty"`
}

// Stage is one declared step. A case freezes its stages at submission, so that a changed
// procedure never changes a case under way.
type Stage struct {
	Key     string   `json:"key"`
	Group   string   `json:"group"`
	Title   Text     `json:"title"`
	Signers []Signer `json:"signers"`
	Mode    Mode     `json:"mode"`
	Due     Due      `json:"due"`
	Clauses []string `json:"clauses,omitempty"`
	// DueField names a date of the form that is the stage's deadline, to the end of that day, in place of Due.
	DueField string `json:"dueField,omitempty"`

	Materials []Material `json:"materials,omitempty"`
	Fields    []Field    `json:"fields,omitempty"`
	// LineFields are the fields of the lines that may be corrected while the stage is open.
	LineFields []string `json:"lineFields,omitempty"`

	// Incompatible lists the stages of this case that its signer must not have signed.
	Incompatible []string `json:"incompatible,omitempty"`
	// Condition names a case fact; when the fact is not "true" the stage is skipped and journaled so.
	Condition string `json:"condition,omitempty"`
	// When names a field of the form that earlier stages filled in; unless it has one of the values the
	// stage is skipped and journaled so.
	When *When `json:"when,omitempty"`
	// Exceptional stages are not foreseen before it is certain that they come.
	Exceptional bool `json:"exceptional,omitempty"`
	// Acceptance stages may not-accept, and their return goes to the applicant.
	Acceptance bool `json:"acceptance,omitempty"`
	// Decides marks a stage whose owner may reject.
	Decides bool `json:"decides,omitempty"`
	// WalkAgain makes a return out of the stage go through every stage again: what lies between has
	// to be signed anew before the case can come back.
	WalkAgain bool `json:"walkAgain,omitempty"`
	// FinalApproval marks the approval after which nothing can be withdrawn.
	FinalApproval bool `json:"finalApproval,omitempty"`
	// Veto says what a refusal does where several sign; Quorum how many of them must agree.
	Veto   Veto `json:"veto,omitempty"`
	Quorum int  `json:"quorum,omitempty"`
	// PassSamePerson lets the stage pass by itself when who signed the stage before would sign it.
	PassSamePerson bool    `json:"passSamePerson,omitempty"`
	Expiry         *Expiry `json:"expiry,omitempty"`
	// SuspendReasons are those for which the stage may be suspended; none means it may not.
	SuspendReasons []SuspendReason `json:"suspendReasons,omitempty"`
	// Child is the type of the child cases a stage of mode children waits for.
	Child string `json:"child,omitempty"`
	// ChildBy makes the type hang on the form: child cases of another type are waited for instead.
	ChildBy *ChildBy `json:"childBy,omitempty"`
	// Beside are the types of further child cases that start with those and are waited for as well.
	Beside []string `json:"beside,omitempty"`
	// Scope "party" keeps the stage's line changes away from those without a Party role.
	Scope string `json:"scope,omitempty"`
}

// ChildBy names a field of the form, and the type of child cases by its values.
type ChildBy struct {
	Field string            `json:"field"`
	Types map[string]string `json:"types"`
}

// Awaits is the type of the child cases that a stage of mode children waits for in a case with this form.
func (s Stage) Awaits(form Form) string {
	if s.ChildBy != nil {
		if other, ok := s.ChildBy.Types[textOf(form[s.ChildBy.Field])]; ok {
			return other
		}
	}
	return s.Child
}

// Skipped says whether a case with these facts and this form passes the stage over, and the fact or
// field that decides it.
func (s Stage) Skipped(facts map[string]string, form Form) (by string, skipped bool) {
	if s.Condition != "" && facts[s.Condition] != "true" {
		return s.Condition, true
	}
	if s.When != nil && !slices.Contains(s.When.In, textOf(form[s.When.Field])) {
		return s.When.Field, true
	}
	return "", false
}

// OfficeKind is the kind of the stage's first signer.
func (s Stage) OfficeKind() OfficeKind {
	if len(s.Signers) == 0 {
		return ""
	}
	return s.Signers[0].OfficeKind
}

// Role is the role of the stage's first signer.
func (s Stage) Role() Role {
	if len(s.Signers) == 0 {
		return ""
	}
	return s.Signers[0].Role
}

// Joint reports whether several sign the stage.
func (s Stage) Joint() bool { return s.Mode != ModeSingle && s.Mode != ModeChildren }

// SuspendReason finds a reason of the stage's list.
func (s Stage) SuspendReason(key string) (SuspendReason, bool) {
	for _, reason := range s.SuspendReasons {
		if reason.Key == key {
			return reason, true
		}
	}
	return SuspendReason{}, false
}

// IncompatibleWithin returns the stages with every pair of one group made incompatible.
func IncompatibleWithin(stages []Stage) []Stage {
	for i := range stages {
		for j := range stages {
			if i != j && stages[i].Group == stages[j].Group {
				stages[i].Incompatible = append(stages[i].Incompatible, stages[j].Key)
			}
		}
	}
	return stages
}
