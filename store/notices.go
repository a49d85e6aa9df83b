package store

import (
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/clock"
)

// recipients are whom a notice goes to: persons, and all who hold certain posts. Substitutes of the
// day get it too; the actor never does.
type recipients struct {
	persons []string
	posts   []approval.Post
	// supervisors are those who supervise the case's district.
	supervisors bool
	detail      string
}

// happening is one event with what it happened to.
type happening struct {
	fold  *approval.Case
	entry approval.Entry
	event approval.Event
}

// noticeRule says which notice an event makes and for whom.
type noticeRule struct {
	kind string
	to   func(happening) recipients
}

// noticeRules is THE table from what happened to whom is told. A kind's words stand in noticeWords.
var noticeRules = map[approval.EventKind][]noticeRule{
	approval.EventTaskMoved:   {{"assigned", theNamed}},
	approval.EventVisitOpened: {{"returned", whoSignedBefore}},
	approval.EventVisitClosed: {{"recalled", whoHeldRecalled}},
	approval.EventCopied:      {{"copied", theNamed}},
	approval.EventCaseEnded:   {{"ended", initiatorOf}},

	approval.EventTaskAdded:          {{"delegated", asked(approval.TaskDelegated)}, {"added", asked(approval.TaskBefore)}, {"consulted", asked(approval.TaskAdvisory)}},
	approval.EventTaskOpened:         {{"turn", holderOfTask}},
	approval.EventTaskRemoved:        {{"removed", holderOfTask}},
	approval.EventDeadlinesMoved:     {{"extended", whoseExtended}},
	approval.EventTaskResumed:        {{"answered", holderOfTask}},
	approval.EventTaskAdvised:        {{"answered", whoAsked}},
	approval.EventUrged:              {{"urged", holderAndHead}},
	approval.EventEscalated:          {{"escalated", whoIsWidenedTo}},
	approval.EventSupervised:         {{"supervised", whoAnswers}},
	approval.EventSupervisionReplied: {{"supervision_replied", whoSupervised}},
	approval.EventSuspended:          {{"suspended", initiatorOf}},
	approval.EventResumed:            {{"resumed", initiatorOf}},
}

// asked are those whose help of one kind was asked for, or all who could give it where an office was
// named. Those added after the signature hear of it when it is their turn.
func asked(kind approval.TaskKind) func(happening) recipients {
	return func(h happening) recipients {
		to := recipients{}
		for _, task := range h.event.Tasks {
			if task.Kind == kind {
				to = to.with(holder(task))
			}
		}
		return to
	}
}

// whoseExtended are whoever has a task whose deadline an extension moved; what a calendar or a
// resumption moves is told otherwise.
func whoseExtended(h happening) recipients {
	to := recipients{}
	for _, deadline := range h.event.Deadlines {
		if _, task := h.fold.Task(deadline.Task); task != nil && h.event.Extended {
			to = to.with(holder(*task))
		}
	}
	return to
}

// holder is whoever has a task in hand, or could take it.
func holder(task approval.Task) recipients {
	if task.Owner != "" {
		return recipients{persons: []string{task.Owner}}
	}
	return recipients{posts: []approval.Post{{Office: task.Office, Role: task.Role}}}
}

func (r recipients) with(other recipients) recipients {
	r.persons, r.posts = append(r.persons, other.persons...), append(r.posts, other.posts...)
	return r
}

func holderOfTask(h happening) recipients {
	if _, task := h.fold.Task(h.event.Task); task != nil {
		return holder(*task)
	}
	return recipients{}
}

// whoAsked is the owner of the task an opinion was asked for.
func whoAsked(h happening) recipients {
	_, task := h.fold.Task(h.event.Task)
	if task == nil {
		return recipients{}
	}
	return recipients{persons: []string{task.AddedBy}}
}

func holderAndHead(h happening) recipients {
	_, task := h.fold.Task(h.event.Task)
	if task == nil {
		return recipients{}
	}
	to := holder(*task).with(recipients{posts: []approval.Post{{Office: task.Office, Role: approval.RoleHead}}})
	to.detail = h.entry.Opinion
	return to
}

// whoIsWidenedTo are the heads of the offices that have not signed, then the supervisors too.
func whoIsWidenedTo(h happening) recipients {
	to := recipients{supervisors: h.event.Level > 1}
	if current := h.fold.Current(); current != nil {
		for _, task := range current.Tasks {
			if task.Kind == approval.TaskSigner && task.State != approval.TaskSigned {
				to.posts = append(to.posts, approval.Post{Office: task.Office, Role: approval.RoleHead})
			}
		}
	}
	return to
}

func whoAnswers(h happening) recipients {
	return recipients{posts: []approval.Post{{Office: h.event.Supervision.Office, Role: approval.RoleHead}}, detail: h.event.Supervision.Opinion}
}

func whoSupervised(h happening) recipients {
	if supervision := h.fold.Supervision(h.event.Task); supervision != nil {
		return recipients{persons: []string{supervision.By}, detail: h.entry.Opinion}
	}
	return recipients{}
}

// theNamed is the person an event names.
func theNamed(h happening) recipients { return recipients{persons: []string{h.event.Person}} }

// whoSignedBefore are those who signed the stage a case is returned to, and its initiator.
func whoSignedBefore(h happening) recipients {
	if h.event.Why != "returned" {
		return recipients{}
	}
	to := recipients{persons: []string{h.fold.Initiator}}
	for _, signature := range h.fold.Signatures {
		if signature.Stage == h.event.Stage {
			to.persons = append(to.persons, signature.Person)
		}
	}
	return to
}

// whoHeldRecalled are those who had a task in hand that is not theirs any more.
func whoHeldRecalled(h happening) recipients {
	to := recipients{}
	if h.event.Outcome != approval.OutcomeRecalled {
		return to
	}
	for _, visit := range h.fold.Visits {
		for _, task := range visit.Tasks {
			if visit.ID == h.event.Visit {
				to.persons = append(to.persons, task.Owner)
			}
		}
	}
	return to
}

// initiatorOf is who started the case. The children of a batch end by the hundred: their parent tells.
func initiatorOf(h happening) recipients {
	if h.fold.Parent != "" {
		return recipients{}
	}
	return recipients{persons: []string{h.fold.Initiator}, detail: string(h.event.State)}
}

// queueNotices writes the notices of an entry with it, and removes the drafts of the tasks it closed.
func queueNotices(batch *pgx.Batch, fold *approval.Case, entry approval.Entry) {
	for _, event := range entry.Events {
		for _, rule := range noticeRules[event.Kind] {
			to := rule.to(happening{fold: fold, entry: entry, event: event})
			to.persons = slices.DeleteFunc(to.persons, func(person string) bool { return person == "" || person == approval.SystemPerson })
			task, stage := event.Task, event.Stage
			if visit, _ := fold.Task(task); visit != nil {
				stage = visit.Stage
			}
			if stage == "" {
				stage = entry.Stage
			}
			queueNotice(batch, to, notice{kind: rule.kind, no: fold.No, seq: entry.Seq, task: task, stage: stage, actor: entry.Actor.Person, at: entry.At})
		}
	}
	if finished := closedTasks(fold, entry); len(finished) > 0 {
		batch.Queue(`DELETE FROM drafts WHERE task = ANY($1)`, finished)
	}
}

// notice is what is told, apart from to whom.
type notice struct {
	kind, no    string
	seq         int64
	task, stage string
	actor       string
	at          time.Time
}

// queueNotice tells everybody a notice goes to, once each.
func queueNotice(batch *pgx.Batch, to recipients, n notice) {
	if len(to.persons) == 0 && len(to.posts) == 0 && !to.supervisors {
		return
	}
	offices, roles := pairs(to.posts)
	batch.Queue(`INSERT INTO notices(person, kind, case_no, seq, task, stage, actor, detail, created_at)
		WITH told AS (SELECT id AS person FROM users WHERE id = ANY($1)
			UNION SELECT p.person FROM posts p JOIN unnest($2::text[], $3::text[]) AS x(office, role) ON p.office = x.office AND p.role = x.role
				WHERE p.valid_from <= $4::date AND (p.valid_to IS NULL OR p.valid_to >= $4::date)
			UNION SELECT p.person FROM posts p JOIN offices o ON o.id = p.office JOIN cases c ON c.no = $6 AND c.region_path LIKE region_prefix(o.region) || '%'
				WHERE $13 AND p.role = 'supervisor' AND p.valid_from <= $4::date AND (p.valid_to IS NULL OR p.valid_to >= $4::date))
		SELECT person, $5::text, $6::text, $7::bigint, $8::text, $9::text, $10::text, $11::text, $12::timestamptz FROM (SELECT person FROM told
			UNION SELECT i.substitute FROM told JOIN stand_ins($4::date) i ON i.person = told.person) everybody WHERE person <> $10`,
		orEmpty(to.persons), offices, roles, n.at.In(clock.Zone).Format(time.DateOnly), n.kind, n.no, n.seq, n.task, n.stage, n.actor, to.detail, n.at, to.supervisors)
}

// closedTasks are the tasks that an entry signed or superseded.
func closedTasks(fold *approval.Case, entry approval.Entry) []string {
	var closed []string
	for _, event := range entry.Events {
		if event.Kind == approval.EventTaskSigned || event.Kind == approval.EventTaskAdvised || event.Kind == approval.EventTaskRemoved {
			closed = append(closed, event.Task)
		}
		if event.Kind != approval.EventVisitClosed {
			continue
		}
		for _, visit := range fold.Visits {
			for _, task := range visit.Tasks {
				if visit.ID == event.Visit {
					closed = append(closed, task.ID)
				}
			}
		}
	}
	slices.Sort(closed)
	return slices.Compact(closed)
}

// noticeWords say each kind. {actor} is who did it, {stage} the stage, {detail} what the rule adds.
var noticeWords = map[string]approval.Text{
	"assigned":            {ZH: "{actor}将“{stage}”转给您办理", EN: "{actor} passed “{stage}” to you"},
	"returned":            {ZH: "{actor}已退回，请按意见办理“{stage}”", EN: "{actor} returned it to “{stage}”; the opinion says what is asked for"},
	"recalled":            {ZH: "{actor}已取回，您手中的“{stage}”不用再办", EN: "{actor} recalled it; “{stage}” is no longer in your hands"},
	"copied":              {ZH: "{actor}抄送给您，请阅", EN: "{actor} copied it to you"},
	"ended":               {ZH: "本件{detail}", EN: "the case is {detail}"},
	"delegated":           {ZH: "{actor}请您协办“{stage}”，请反馈意见", EN: "{actor} asks for your help with “{stage}”; give your opinion"},
	"added":               {ZH: "{actor}请您加签“{stage}”", EN: "{actor} asks you to sign “{stage}” first"},
	"consulted":           {ZH: "{actor}就“{stage}”征求您的意见", EN: "{actor} asks for your opinion on “{stage}”"},
	"turn":                {ZH: "“{stage}”轮到您签署", EN: "it is your turn to sign “{stage}”"},
	"removed":             {ZH: "{actor}已减签，您不用再办“{stage}”", EN: "{actor} took you out of “{stage}”; there is nothing left to do"},
	"extended":            {ZH: "{actor}已延长“{stage}”的办理时限", EN: "{actor} extended the deadline of “{stage}”"},
	"answered":            {ZH: "您征询的意见已有反馈，可继续办理“{stage}”", EN: "the opinion you asked for is there; “{stage}” can go on"},
	"urged":               {ZH: "{actor}催办“{stage}”：{detail}", EN: "{actor} urges “{stage}”: {detail}"},
	"escalated":           {ZH: "“{stage}”已逾期，请尽快办理", EN: "“{stage}” is overdue; please see to it"},
	"supervised":          {ZH: "{actor}请贵单位就“{stage}”回复：{detail}", EN: "{actor} asks your office to answer on “{stage}”: {detail}"},
	"supervision_replied": {ZH: "{actor}已回复：{detail}", EN: "{actor} has answered: {detail}"},
	"suspended":           {ZH: "本件已中止办理，期间不计入时限", EN: "the case is suspended; the time does not count"},
	"resumed":             {ZH: "本件已恢复办理", EN: "the case goes on"},
	"reminder_70":         {ZH: "“{stage}”办理时限已过七成，请及时办理", EN: "70 % of the time for “{stage}” has passed"},
	"reminder_100":        {ZH: "“{stage}”办理时限已到，请尽快办理", EN: "the time for “{stage}” is up; please see to it"},
	"reminder_150":        {ZH: "“{stage}”已严重逾期，请立即办理或说明情况", EN: "“{stage}” is long overdue; sign it or say what holds it up"},
	"died":                {ZH: "本件所涉人员已核实去世，请按本事项的规定办理", EN: "a person of this case has been verified to have died; act as the procedure says"},
	"rescinded":           {ZH: "本件所涉人员的死亡登记系误报，已更正，本人健在", EN: "the death of a person of this case was reported wrongly and is rescinded; the person lives"},
	"substituting":        {ZH: "请您代理{actor}：{detail}", EN: "you stand in for {actor}: {detail}"},
	"substituted":         {ZH: "{actor}代理您：{detail}", EN: "{actor} stands in for you: {detail}"},
	"not_substituted":     {ZH: "您不再代理{actor}：{detail}", EN: "you no longer stand in for {actor}: {detail}"},
}

var endedWords = map[string]approval.Text{
	string(approval.CaseClosed):      {ZH: "已办结", EN: "closed"},
	string(approval.CaseRejected):    {ZH: "未获批准", EN: "rejected"},
	string(approval.CaseNotAccepted): {ZH: "不予受理", EN: "not accepted"},
	string(approval.CaseWithdrawn):   {ZH: "已撤回", EN: "withdrawn"},
	string(approval.CaseExpired):     {ZH: "已逾期终止", EN: "expired"},
}

// noticeText words a notice.
func noticeText(kind, actor, detail string, stage approval.Text) approval.Text {
	words := noticeWords[kind]
	shown := approval.Text{ZH: detail, EN: detail}
	if ended, known := endedWords[detail]; known {
		shown = ended
	}
	actorEN := actor
	if actor == "" {
		actor, actorEN = "系统", "the system"
	}
	return approval.Text{ZH: strings.NewReplacer("{actor}", actor, "{stage}", stage.ZH, "{detail}", shown.ZH).Replace(words.ZH),
		EN: strings.NewReplacer("{actor}", actorEN, "{stage}", stage.EN, "{detail}", shown.EN).Replace(words.EN)}
}
