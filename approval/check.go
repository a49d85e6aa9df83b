package approval

import (
	"slices"
	"strings"
)

// check refuses what may not be done; it returns the visit and task for acts on a task.
func check(c *Case, command Command) (*Visit, *Task, *Error) {
	if slices.Contains(caseActions, command.Action) {
		refusal := checkCase(c, command)
		if refusal == nil {
			refusal = checkWords(c, command)
		}
		return nil, nil, refusal
	}
	if slices.Contains(oversightActions, command.Action) {
		refusal := checkOversight(c, command)
		if refusal == nil {
			refusal = checkWords(c, command)
		}
		visit, task := c.Task(command.TaskID)
		return visit, task, refusal
	}
	if !slices.Contains(taskActions, command.Action) {
		return nil, nil, Invalid("action", "没有这种操作", "there is no such action")
	}
	if command.TaskID == "" {
		return nil, nil, Invalid("taskId", "请指明任务", "name the task")
	}
	if supervision := c.Supervision(command.TaskID); supervision != nil {
		refusal := checkReply(supervision, command)
		if refusal == nil {
			refusal = checkWords(c, command)
		}
		return nil, nil, refusal
	}
	visit, task := c.Task(command.TaskID)
	if task == nil {
		return nil, nil, NotFound()
	}
	if refusal := checkTask(c, command, visit, task); refusal != nil {
		return nil, nil, refusal
	}
	return visit, task, checkWords(c, command)
}

func endedError(c *Case) *Error {
	if !c.Ended() {
		return nil
	}
	return Refuse(CodeCaseEnded, "办件"+stateWords[c.State].ZH+"，不再接受操作；如需更改请另行申请",
		"the case has ended ("+stateWords[c.State].EN+") and accepts no more acts; a change needs a new case")
}

var stateWords = map[CaseState]Text{
	CaseClosed:      {ZH: "已办结", EN: "closed"},
	CaseRejected:    {ZH: "未获批准", EN: "rejected"},
	CaseNotAccepted: {ZH: "不予受理", EN: "not accepted"},
	CaseWithdrawn:   {ZH: "已撤回", EN: "withdrawn"},
	CaseExpired:     {ZH: "已逾期终止", EN: "expired"},
}

// staleError refuses what was decided on an older state of the task.
func staleError() *Error {
	return Refuse(CodeStale, "您看到的内容已更新，请刷新后再办", "the task has changed since you looked; reload and look again")
}

// checkTask applies the rules of an act on a task, apart from the words it must carry.
func checkTask(c *Case, command Command, visit *Visit, task *Task) *Error {
	stage := c.Stage(visit.Stage)
	if !task.Unsigned() || !visit.Open() {
		return Refuse(CodeWrongState, "该任务已办结，无需再办", "this task is finished")
	}
	if command.Action == ActionRemoveSigner {
		return checkRemoval(c, command, visit, task)
	}
	standing, found := c.standing(command, visit, task)
	if !found {
		return Refuse(CodeNoRole, "需由承办单位的"+RoleText(task.Role).ZH+"岗位办理", "this takes the "+RoleText(task.Role).EN+" of the office that holds the task")
	}
	if command.Action != ActionClaim && command.Action != ActionRelease && command.Seen < task.Basis {
		return staleError()
	}
	// An escalated task may be taken over by the head though a colleague holds it.
	held := task.Owner != "" && task.Owner != command.Actor.Person && task.Owner != standing.absent.Person && !standing.widened
	if held {
		code := CodeNotOwner
		if command.Action == ActionClaim {
			code = CodeAlreadyHeld
		}
		return Refuse(code, "已由同事签收，如需办理请其转办或取消签收", "a colleague has claimed it; ask them to transfer or release it")
	}
	if c.Suspension != nil && !slices.Contains([]Action{ActionResume, ActionClaim, ActionRelease, ActionTransfer}, command.Action) {
		return suspendedError(c)
	}
	if refusal := checkAdded(command, visit, task); refusal != nil {
		return refusal
	}
	if command.Action != ActionRelease && command.Action != ActionTransfer && command.Action != ActionResume && task.Kind != TaskAdvisory {
		if other := c.Conflict(stage, command.Actor.Person, append(slices.Clone(task.Inherited), standing.absent.Person)); other != "" {
			title := c.Stage(other).Title
			return Refuse(CodeConflictOfDuties, "您（或移交给您的人）已办理"+title.ZH+"，同一办件的不相容环节须由他人办理",
				"you (or whoever passed it to you) signed "+title.EN+"; an incompatible stage needs another person")
		}
	}
	switch command.Action {
	case ActionClaim:
		if task.Owner == command.Actor.Person {
			return Refuse(CodeAlreadyHeld, "您已签收该任务", "you hold this task already")
		}
	case ActionRelease:
		if task.Owner == "" {
			return Refuse(CodeWrongState, "该任务尚未签收", "nobody holds this task")
		}
	case ActionReturn:
		if len(c.EarlierStages()) == 0 {
			return Refuse(CodeNoEarlierStage, "没有可退回的前序环节", "there is no earlier stage to return to")
		}
	case ActionReject:
		if !stage.Decides {
			return Refuse(CodeStageDoesNotDecide, "本环节不作决定，可退回并提出不予批准的建议", "this stage does not decide; return it with a proposal to reject")
		}
	case ActionNotAccept:
		if !stage.Acceptance {
			return Refuse(CodeStageDoesNotDecide, "不予受理只能在受理环节作出", "only the acceptance stage may not-accept")
		}
		if c.visited(visit.Stage) {
			return Refuse(CodeNotFirstVisit, "已受理过的办件不能再作不予受理", "a case that was taken up once can no longer be not-accepted")
		}
	case ActionCorrect:
		if len(stage.Fields) == 0 && len(stage.LineFields) == 0 {
			return Refuse(CodeFieldNotEditable, "本环节没有可更正的内容", "this stage has nothing to correct")
		}
	case ActionSuspend, ActionResume:
		return checkSuspension(c, command, stage)
	}
	return nil
}

// checkCase applies the rules of an act on the whole case.
func checkCase(c *Case, command Command) *Error {
	current := c.Current()
	switch command.Action {
	case ActionWithdraw:
		if !slices.ContainsFunc(command.Posts, func(p Post) bool { return p.Office == c.Office }) || c.Parent != "" {
			return Refuse(CodeForbidden, "只有申请单位可以撤回申请", "only the office that applied may withdraw")
		}
		if c.Decided {
			return Refuse(CodeAlreadyDecided, "已作出决定，不能再撤回", "the decision has been made; it can no longer be withdrawn")
		}
		if slices.ContainsFunc(c.Visits, func(v Visit) bool { return v.Wait != nil }) {
			return Refuse(CodeAlreadyDecided, "已分送下级单位办理，不能再撤回", "it has been passed on to child cases; it can no longer be withdrawn")
		}
	case ActionRecall:
		if c.Last == nil || c.Last.Person != command.Actor.Person {
			return Refuse(CodeForbidden, "只有上一环节的办理人可以取回", "only who signed the last decision may recall it")
		}
		if current == nil || current.Wait != nil || current.Acted || current.Opened != c.Last.Seq {
			return Refuse(CodeSomeoneActed, "后续环节已开始办理，不能取回", "the next stage has begun; it can no longer be recalled")
		}
		last := c.visitByID(c.Last.Visit)
		stage := c.Stage(last.Stage)
		if !slices.Contains(command.Posts, Post{Office: c.Last.Office, Role: signerRole(stage, last, c.Last.Task)}) {
			return Refuse(CodeNoRole, "您已不在原办理岗位", "you no longer hold the post you signed in")
		}
	}
	switch command.Action {
	case ActionCC:
		if !handles(current, command) {
			return Refuse(CodeNotOwner, "抄送由当前办理人或督办人员发出", "only who holds a task of the case, or a supervisor, may copy others in")
		}
	case ActionRead:
		return checkRead(c, command)
	}
	if (command.Action == ActionWithdraw || command.Action == ActionRecall) && c.Last != nil && command.Seen < c.Last.Seq {
		return Refuse(CodeStale, "办件已有新的决定，请刷新后再办", "there is a newer decision; reload and look again")
	}
	return nil
}

// handles reports whether the actor has a task of the visit in hand or could take it, answers for
// its wait, or supervises.
func handles(visit *Visit, command Command) bool {
	return slices.ContainsFunc(command.Posts, func(p Post) bool {
		if p.Role == RoleSupervisor || visit != nil && visit.Wait != nil && visit.Wait.Owner == p.Office {
			return true
		}
		return visit != nil && slices.ContainsFunc(visit.Tasks, func(t Task) bool {
			return t.State == TaskOpen && p == Post{Office: t.Office, Role: t.Role} && (t.Owner == "" || t.Owner == command.Actor.Person)
		})
	})
}

// observes reports whether a copy is meant for the actor.
func (o Observer) observes(command Command) bool {
	inOffice := slices.ContainsFunc(command.Posts, func(p Post) bool { return p.Office == o.Office })
	return inOffice && (o.Person == "" || o.Person == command.Actor.Person)
}

func checkRead(c *Case, command Command) *Error {
	copied := false
	for _, observer := range c.Observers {
		if observer.observes(command) {
			copied = true
			if !slices.Contains(observer.Read, command.Actor.Person) {
				return nil
			}
		}
	}
	if copied {
		return Refuse(CodeWrongState, "您已标记为已阅", "you have marked it as read already")
	}
	return Refuse(CodeForbidden, "本办件没有抄送给您，无需标记已阅", "the case was not copied to you; there is nothing to mark as read")
}

func signerRole(stage *Stage, visit *Visit, task string) Role {
	for _, t := range visit.Tasks {
		if t.ID == task {
			return t.Role
		}
	}
	return stage.Role()
}

// checkWords asks for the opinion, clause, stage, target and defects an act must carry.
func checkWords(c *Case, command Command) *Error {
	var problems []Problem
	need := func(missing bool, location, zh, en string) {
		if missing {
			problems = append(problems, Problem{Location: location, Message: Text{ZH: zh, EN: en}, Code: CodeInvalidInput})
		}
	}
	blank := strings.TrimSpace(command.Opinion) == ""
	switch command.Action {
	case ActionReturn:
		need(blank, "opinion", "请填写退回意见", "give the reason for the return")
		need(!slices.Contains(c.EarlierStages(), command.ToStage), "toStage", "请选择实际走过的前序环节", "choose an earlier stage of the path taken")
		need(command.AfterReturn != AfterReturnHere && command.AfterReturn != AfterReturnWalk, "afterReturn", "请选择补正后直接返回或逐环节重走", "choose here or walk")
		if current := c.Current(); current != nil && c.Stage(current.Stage).WalkAgain {
			need(command.AfterReturn == AfterReturnHere, "afterReturn", "从本环节退回的，须逐环节重走", "a return out of this stage goes through every stage again: choose walk")
		}
	case ActionReject, ActionNotAccept:
		need(blank, "opinion", "请写明理由", "give the reason")
		need(command.Clause == "", "clause", "请引用依据条款", "cite the clause")
	case ActionTransfer:
		return checkTarget(c, command)
	case ActionReassign:
		if blank {
			return Invalid("opinion", "请填写改派理由", "give the reason for reassigning")
		}
		return checkTarget(c, command)
	case ActionDelegate, ActionAddSigner:
		return checkHelpers(c, command)
	case ActionResolve:
		need(blank, "opinion", "请填写反馈意见", "write the opinion")
	case ActionSuspend:
		checkSuspendWords(c, command, need)
	case ActionExtend:
		need(command.Due == nil, "due", "请填写新的办理时限", "give the new deadline")
		need(blank, "opinion", "请填写延长理由", "give the reason for the extension")
	case ActionUrge:
		need(blank && command.Actor.Person != c.Initiator, "opinion", "请填写催办内容", "say what is urged")
	case ActionSupervise:
		need(blank, "opinion", "请填写督办要求", "say what is asked of the office")
	case ActionCC:
		need(command.Target == nil || command.Target.Office == "", "target.office", "请选择抄送单位", "choose the office to copy in")
	case ActionComment:
		need(blank, "opinion", "请填写批注内容", "write the comment")
	case ActionAttach:
		need(command.Attachment == nil || command.Attachment.File == "", "file", "请选择文件", "choose a file")
		need(command.Attachment != nil && !c.listsMaterial(command.Attachment.Material), "material", "材料清单中没有这一项", "the list of papers has no such item")
	case ActionCorrect:
		problems = append(problems, checkCorrection(c, command)...)
	}
	if len(problems) == 0 {
		return nil
	}
	return &Error{Code: CodeInvalidInput, Problems: problems, Message: problems[0].Message}
}

func checkTarget(c *Case, command Command) *Error {
	target := command.Target
	if target == nil || target.Office == "" {
		return Invalid("target.office", "请选择接办单位", "choose the office that takes over")
	}
	visit, task := c.Task(command.TaskID)
	stage := c.Stage(visit.Stage)
	if target.Office == task.Office && target.Person == "" {
		return Invalid("target.user", "请选择接办人", "choose who takes over")
	}
	declared := task.Kind != TaskSigner || slices.ContainsFunc(stage.Signers, func(s Signer) bool { return s.OfficeKind == target.OfficeKind })
	if !declared || !slices.Contains(target.Roles, task.Role) {
		return Refuse(CodeTargetLacksRole, "接办方没有"+RoleText(task.Role).ZH+"岗位，不能办理本环节", "the target does not hold the "+RoleText(task.Role).EN+" role this stage needs")
	}
	ownOffice := target.OfficeKind == KindEnterprise || slices.ContainsFunc(stage.Signers, func(s Signer) bool { return s.Of == OfApplicant })
	if target.Office != task.Office && (stage.Mode != ModeSingle || task.Kind != TaskSigner || ownOffice) {
		return Refuse(CodeTargetLacksRole, "本任务只能由本单位办理，请转给本单位同事", "this office acts for itself here; choose a colleague of the same office")
	}
	giver := command.Actor.Person
	if command.Action == ActionReassign {
		// Who reassigns passes nothing on; whoever held the task does.
		giver = task.Owner
		if target.Person != "" && target.Person == task.Owner {
			return Invalid("target.user", "该任务已由其承办", "they hold the task already")
		}
	} else if target.Person == giver {
		return Invalid("target.user", "不能转办给自己", "it cannot be transferred to yourself")
	}
	if target.Person != "" && task.Kind != TaskAdvisory {
		inherited := append(slices.Clone(task.Inherited), giver)
		if other := c.Conflict(stage, target.Person, inherited); other != "" {
			return Refuse(CodeConflictOfDuties, "接办人与已办环节"+c.Stage(other).Title.ZH+"不相容，请选择他人", "the target may not sign here because of "+c.Stage(other).Title.EN+"; choose someone else")
		}
	}
	return nil
}

func checkCorrection(c *Case, command Command) []Problem {
	visit, _ := c.Task(command.TaskID)
	stage := c.Stage(visit.Stage)
	var problems []Problem
	if len(command.Form) == 0 && len(command.Lines) == 0 {
		problems = append(problems, Problem{Location: "form", Code: CodeInvalidInput, Message: Text{ZH: "请填写要更正的内容", EN: "say what is to be corrected"}})
	}
	for _, problem := range ValidateForm(stage.Fields, nil, command.Form) {
		// What is required is asked for at approval; a correction may come piece by piece.
		if _, given := command.Form[strings.TrimPrefix(problem.Location, "form.")]; given {
			problems = append(problems, problem)
		}
	}
	if len(command.Lines) > MaximumLineEdits {
		problems = append(problems, Problem{Location: "lines", Code: CodeInvalidInput, Message: Text{ZH: "一次最多更正 2000 处", EN: "at most 2000 corrections at once"}})
	}
	for _, edit := range command.Lines {
		if !slices.Contains(stage.LineFields, edit.Field) {
			problems = append(problems, Problem{Location: "lines", Code: CodeFieldNotEditable, Message: Text{ZH: "本环节不能更正该项", EN: "this field cannot be corrected in this stage"}})
			break
		}
	}
	return problems
}

// MaximumLineEdits is how many line fields one command may change.
const MaximumLineEdits = 2000

// RoleText is the wording of a role on screens and papers (glossary.md).
func RoleText(role Role) Text {
	if text, ok := roleTexts[role]; ok {
		return text
	}
	return Text{ZH: string(role), EN: string(role)}
}

var roleTexts = map[Role]Text{
	RoleClerk:                 {ZH: "经办", EN: "clerk"},
	RoleReviewer:              {ZH: "复核", EN: "reviewer"},
	RoleHead:                  {ZH: "审批人", EN: "head"},
	RoleFundCashier:           {ZH: "基金财务岗", EN: "fund cashier"},
	RoleInternalAuditor:       {ZH: "稽核岗", EN: "internal auditor"},
	RoleSupervisor:            {ZH: "督查督办人员", EN: "supervisor"},
	RoleSystemAdministrator:   {ZH: "系统管理员", EN: "system administrator"},
	RoleSecurityAdministrator: {ZH: "安全保密管理员", EN: "security administrator"},
	RoleAuditAdministrator:    {ZH: "安全审计员", EN: "audit administrator"},
}
