package api

import (
	"fmt"
	"strings"
	"time"

	"jieli/approval"
	"jieli/internal/clock"
	"jieli/internal/view"
	"jieli/rules"
)

// foldAt folds the part of a journal that had been written by a moment.
func foldAt(chained []view.ChainedEntry, asOf string) (*approval.Case, time.Time, []view.ChainedEntry, error) {
	moment, err := time.Parse(time.RFC3339, asOf)
	if err != nil {
		return nil, moment, nil, approval.Invalid("asOf", "请填写带时区的时间，例如 2026-11-24T10:00:00+08:00", "give a moment with its zone, like 2026-11-24T10:00:00+08:00")
	}
	written, err := until(chained, asOf)
	if err != nil {
		return nil, moment, nil, err
	}
	if len(written) == 0 {
		return nil, moment, nil, approval.Invalid("asOf", "该时间早于本件提交时间", "the case had not been submitted by then")
	}
	fold, err := approval.Fold(entriesOf(written))
	return fold, moment, written, err
}

func entriesOf(chained []view.ChainedEntry) []approval.Entry {
	entries := make([]approval.Entry, len(chained))
	for i, each := range chained {
		entries[i] = each.Entry
	}
	return entries
}

// pauses are the suspensions of a visit, the present one included.
func (p *pageBuilder) pauses(visit *approval.Visit, end time.Time) []rules.Pause {
	var list []rules.Pause
	for _, pause := range visit.Pauses {
		list = append(list, rules.Pause{From: pause.From, To: pause.To})
	}
	if visit.Open() && p.fold.Suspension != nil {
		list = append(list, rules.Pause{From: p.fold.Suspension.Since, To: end})
	}
	return list
}

// waitsFor names those a waiting task waits for.
func (p *pageBuilder) waitsFor(visit *approval.Visit, task approval.Task) []string {
	names := []string{}
	if task.State == approval.TaskWaiting {
		for _, other := range visit.HoldUps(task.ID) {
			names = append(names, p.holderName(*other))
		}
	}
	return names
}

func (p *pageBuilder) holderName(task approval.Task) string {
	return p.names[task.Office] + p.names[task.Owner]
}

func (p *pageBuilder) suspension() *view.SuspensionView {
	held := p.fold.Suspension
	if held == nil {
		return nil
	}
	return &view.SuspensionView{Reason: held.Reason, Title: held.Title, Party: held.Party, Since: held.Since, Until: held.Until, ByName: p.names[held.By]}
}

func (p *pageBuilder) suspendReasons() []approval.SuspendReason {
	if current := p.fold.Current(); current != nil {
		return orEmpty(p.fold.Stage(current.Stage).SuspendReasons)
	}
	return []approval.SuspendReason{}
}

func (p *pageBuilder) supervisions() []view.SupervisionView {
	list := []view.SupervisionView{}
	for _, held := range p.fold.Supervisions {
		shown := view.SupervisionView{ID: held.ID, Kind: held.Kind, Office: held.Office, OfficeName: p.names[held.Office], ByName: p.names[held.By], ByOffice: p.names[held.ByOffice],
			Opinion: held.Opinion, At: held.At, Due: held.Due, State: held.State, Basis: held.Basis, Reply: held.Reply, RepliedName: p.names[held.RepliedBy], RepliedAt: held.RepliedAt}
		if stage := p.fold.Stage(held.Stage); stage != nil {
			shown.StageTitle = stage.Title
		}
		if held.State == approval.TaskOpen {
			shown.DueDays = view.DaysLeft(p.calendar, held.Due, p.now)
		}
		list = append(list, shown)
	}
	return list
}

// clock attributes every second between submission and end to whoever held the case.
func (p *pageBuilder) clock() view.Clock {
	end := p.now
	if p.fold.Ended() {
		end = p.fold.EndedAt
	}
	result := view.Clock{StartedAt: p.fold.SubmittedAt, EndedAt: timePointer(p.fold.EndedAt), Seconds: int64(end.Sub(p.fold.SubmittedAt).Seconds()), Segments: []view.ClockSegment{}}
	segments, err := approval.Clock(entriesOf(p.chained), end)
	if err != nil {
		return result
	}
	for i, segment := range segments {
		shown := view.ClockSegment{Kind: segment.Holder.Kind, Holder: segment.Holder.Office, HolderName: p.names[segment.Holder.Office], From: segment.From, Seconds: int64(segment.To.Sub(segment.From).Seconds())}
		if i < len(segments)-1 || p.fold.Ended() {
			to := segment.To
			shown.To = &to
		}
		result.Segments = append(result.Segments, shown)
	}
	return result
}

// endings says how a case ended, after "on" a day.
var endings = map[approval.CaseState]approval.Text{approval.CaseClosed: {ZH: "办结", EN: "closed"}, approval.CaseRejected: {ZH: "决定不予接收", EN: "rejected"},
	approval.CaseNotAccepted: {ZH: "决定不予受理", EN: "not accepted"}, approval.CaseWithdrawn: {ZH: "由申请单位撤回", EN: "withdrawn by the applicant"}, approval.CaseExpired: {ZH: "因逾期终止", EN: "expired"}}

// sentence says in one breath who has the case, since when, under which rule, and what unblocks it.
func (p *pageBuilder) sentence() approval.Text {
	current := p.fold.Current()
	if current == nil {
		words := endings[p.fold.State]
		on := p.fold.EndedAt.In(clock.Zone)
		return approval.Text{ZH: fmt.Sprintf("本件已于 %d 月 %d 日%s。", on.Month(), on.Day(), words.ZH), EN: fmt.Sprintf("The case was %s on %s.", words.EN, on.Format(time.DateOnly))}
	}
	stage := p.fold.Stage(current.Stage)
	since := current.OpenedAt.In(clock.Zone)
	if held := p.fold.Suspension; held != nil {
		return p.suspendedSentence(held)
	}
	if current.Wait != nil {
		awaited := childTitle(current.Wait.Child)
		for _, beside := range stage.Beside {
			awaited.ZH, awaited.EN = awaited.ZH+"、"+childTitle(beside).ZH, awaited.EN+" and "+childTitle(beside).EN
		}
		return approval.Text{ZH: fmt.Sprintf("自 %d 月 %d 日起，等待各%s办结。", since.Month(), since.Day(), awaited.ZH), EN: fmt.Sprintf("Since %s it waits for every %s to end.", since.Format(time.DateOnly), awaited.EN)}
	}
	holders, nobody := []string{}, false
	var due *time.Time
	for _, task := range current.Tasks {
		if task.State == approval.TaskOpen && task.Kind != approval.TaskAdvisory {
			holders = append(holders, p.holderName(task))
			nobody = nobody || task.NoCompetentOfficer && task.Owner == ""
			if due == nil || task.Due != nil && task.Due.Before(*due) {
				due = task.Due
			}
		}
	}
	used, _ := p.calendar.WorkingTime(current.OpenedAt, p.now, p.pauses(current, p.now))
	zh := fmt.Sprintf("自 %d 月 %d 日起，由%s办理“%s”", since.Month(), since.Day(), strings.Join(holders, "、"), stage.Title.ZH)
	en := fmt.Sprintf("Since %s it is with %s for \"%s\"", since.Format(time.DateOnly), strings.Join(holders, ", "), stage.Title.EN)
	if used > 0 {
		zh += fmt.Sprintf("，已用 %d 个工作日", used)
		en += fmt.Sprintf(", %d working day(s) used", used)
	}
	if due != nil {
		on := due.In(clock.Zone)
		zh += fmt.Sprintf("，应于 %d 月 %d 日前办结", on.Month(), on.Day())
		en += ", due on " + on.Format(time.DateOnly)
	}
	for _, task := range current.Tasks {
		if waiting := p.waitsFor(current, task); len(waiting) > 0 {
			zh += "；" + strings.Join(waiting, "、") + "反馈后，由" + p.holderName(task) + "签署"
			en += "; once " + strings.Join(waiting, ", ") + " has answered, " + p.holderName(task) + " signs"
		}
	}
	switch {
	case nobody:
		zh += "；该单位暂无有此岗位的人员，须由系统管理员配备或由督查督办人员改派"
		en += "; nobody there holds the post: the system administrator must fill it, or a supervisor reassign the task"
	case current.Escalated == 1:
		zh += "；已逾期，本单位负责人可一并办理"
		en += "; it is overdue, and the head of the office may sign too"
	case current.Escalated > 1:
		zh += "；已严重逾期，已报督查督办部门"
		en += "; it is long overdue, and the supervising office has been told"
	}
	return approval.Text{ZH: zh + "。", EN: en + "."}
}

// suspendedSentence says whose turn it is while the clock stands still.
func (p *pageBuilder) suspendedSentence(held *approval.Suspension) approval.Text {
	since := held.Since.In(clock.Zone)
	zh := fmt.Sprintf("自 %d 月 %d 日起中止办理（%s），期间不计入办理时限", since.Month(), since.Day(), held.Title.ZH)
	en := fmt.Sprintf("Suspended since %s (%s); the time does not count", since.Format(time.DateOnly), held.Title.EN)
	if held.Until != nil {
		on := held.Until.In(clock.Zone)
		zh += fmt.Sprintf("，%d 月 %d 日自动恢复", on.Month(), on.Day())
		en += ", and goes on by itself on " + on.Format(time.DateOnly)
	} else {
		zh += "，由承办人恢复办理"
		en += "; whoever holds the task resumes it"
	}
	return approval.Text{ZH: zh + "。", EN: en + "."}
}
