package api

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"jieli/approval"
	"jieli/internal/clock"
	"jieli/internal/view"
	"jieli/procedures"
	"jieli/rules"
)

type calendarInput struct {
	Scope string `path:"scope" maxLength:"120" doc:"national, a division code, or office: and the office's id"`
	Year  int    `query:"year" minimum:"0" maximum:"2200" doc:"the present year when absent"`
}

type calendarOutput struct{ Body *view.CalendarView }

func (s *Server) getCalendar(ctx context.Context, input *calendarInput) (*calendarOutput, error) {
	scope, ok := rules.CalendarScope(input.Scope)
	if !ok {
		return nil, approval.NotFound()
	}
	if input.Year == 0 {
		input.Year = s.Clock.Now().In(clock.Zone).Year()
	}
	calendar, err := s.Store.CalendarYear(ctx, scope, input.Year)
	return &calendarOutput{Body: calendar}, err
}

type settingsInput struct {
	Region string `query:"region" maxLength:"12" doc:"a division code; that of the caller's post when absent"`
}

func (s *Server) listSettings(ctx context.Context, input *settingsInput) (*itemsOutput[view.SettingView], error) {
	if input.Region == "" {
		input.Region = s.ownRegion(callerOf(ctx))
	}
	place, err := s.Store.PlaceOf(ctx, input.Region)
	if err != nil {
		return nil, err
	}
	return items(s.Store.Settings(ctx, place))
}

// ownRegion is the division of the office the caller acts for.
func (s *Server) ownRegion(who *caller) string {
	for _, post := range who.posts {
		if post.Office == who.actor.Office {
			return post.Region
		}
	}
	return rules.NationalScope
}

type changesInput struct {
	State  string `query:"state" enum:"proposed,confirmed,refused,withdrawn"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	Cursor string `query:"cursor" maxLength:"200"`
}

func (s *Server) listChanges(ctx context.Context, input *changesInput) (*pageOutput[view.SettingChange], error) {
	list, next, err := s.Store.SettingChanges(ctx, input.State, callerOf(ctx).actor, input.Limit, input.Cursor)
	output := &pageOutput[view.SettingChange]{}
	output.Body.Items, output.Body.NextCursor = orEmpty(list), next
	return output, err
}

type proposeInput struct {
	Body struct {
		Scope    string             `json:"scope" minLength:"1" maxLength:"120" doc:"of a calendar: national, a division code or office: and an id; of a setting: a division code"`
		Calendar *view.CalendarEdit `json:"calendar,omitempty"`
		Setting  *view.SettingEdit  `json:"setting,omitempty"`
		Source   string             `json:"source" minLength:"1" maxLength:"500" doc:"the document it rests on"`
	}
}

type changeOutput struct {
	Body struct {
		ID    string `json:"id"`
		State string `json:"state"`
	}
}

// proposeChange keeps a change until somebody else confirms it.
func (s *Server) proposeChange(ctx context.Context, input *proposeInput) (*changeOutput, error) {
	who := callerOf(ctx)
	scope, err := s.governed(ctx, who, input.Body.Scope)
	if err != nil {
		return nil, err
	}
	change := view.SettingChange{ID: s.Clock.Token(), Scope: scope, Source: strings.TrimSpace(input.Body.Source)}
	var problems []approval.Problem
	switch {
	case (input.Body.Calendar == nil) == (input.Body.Setting == nil):
		return nil, approval.Invalid("body", "请填写 calendar 或 setting 其中一项", "give either calendar or setting")
	case input.Body.Calendar != nil:
		change.Kind, change.Calendar = "calendar", input.Body.Calendar
		problems = s.checkCalendarEdit(input.Body.Calendar)
	default:
		change.Kind, change.Setting = "setting", input.Body.Setting
		problems = s.checkSettingEdit(scope, input.Body.Setting)
	}
	if change.Source == "" {
		problems = append(problems, problemAt("source", "请填写依据文件", "name the document it rests on"))
	}
	if len(problems) > 0 {
		return nil, &approval.Error{Code: approval.CodeInvalidInput, Problems: problems, Message: approval.Text{ZH: "填写的内容有误，请按提示更正", EN: "the change does not fit; see the errors"}}
	}
	output := &changeOutput{}
	output.Body.ID, output.Body.State = change.ID, "proposed"
	return output, s.Store.ProposeChange(ctx, change, who.actor)
}

// governed reads the scope of a change, which must lie in the division of the caller's office.
func (s *Server) governed(ctx context.Context, who *caller, name string) (string, error) {
	scope, ok := rules.CalendarScope(name)
	if !ok {
		return "", approval.Invalid("scope", "请填写区划代码或“office:”加单位编号", `give a division code, or "office:" and the office's id`)
	}
	place, err := s.Store.PlaceOf(ctx, scope)
	if err != nil {
		if approval.AsError(err).Code == approval.CodeNotFound {
			return "", approval.Invalid("scope", "没有这个地区或单位", "there is no such place or office")
		}
		return "", err
	}
	if region := s.ownRegion(who); !strings.HasPrefix(place, view.RegionPrefix(region)) {
		return "", approval.Refuse(approval.CodeForbidden, "只能变更本地区及所属单位的设置，上级的设置请由上级系统管理员变更", "you may change only what belongs to your own division; ask the administrator of the division above")
	}
	return scope, nil
}

func problemAt(location, zh, en string) approval.Problem {
	return approval.Problem{Location: location, Code: approval.CodeInvalidInput, Message: approval.Text{ZH: zh, EN: en}}
}

// editableYears is how far from today a special day may lie.
const editableYears = 3

func (s *Server) checkCalendarEdit(edit *view.CalendarEdit) []approval.Problem {
	var problems []approval.Problem
	if len(edit.Days)+len(edit.Removed) == 0 && edit.Hours == "" && edit.LastYear == 0 {
		problems = append(problems, problemAt("calendar", "没有任何变更", "nothing would change"))
	}
	seen := map[string]bool{}
	check := func(location, day string) {
		if zh, en := s.wrongDay(day); zh != "" {
			problems = append(problems, problemAt(location, zh, en))
		} else if seen[day] {
			problems = append(problems, problemAt(location, "同一天只能出现一次", "each day may stand only once"))
		}
		seen[day] = true
	}
	for i, day := range edit.Days {
		check(fmt.Sprintf("calendar.days[%d].day", i), day.Day)
		if strings.TrimSpace(day.Name) == "" {
			problems = append(problems, problemAt(fmt.Sprintf("calendar.days[%d].name", i), "请填写名称", "give it a name"))
		}
	}
	for i, day := range edit.Removed {
		check(fmt.Sprintf("calendar.removed[%d]", i), day)
	}
	if edit.Hours != "" {
		if _, ok := rules.ParseHours(edit.Hours); !ok {
			problems = append(problems, problemAt("calendar.hours", "工作时间应写成 09:00-12:00,13:00-17:00 的样子，先后不重叠", "working hours are written like 09:00-12:00,13:00-17:00, in order and without overlap"))
		}
	}
	if year := s.Clock.Now().In(clock.Zone).Year(); edit.LastYear != 0 && (edit.LastYear < year || edit.LastYear > year+editableYears) {
		problems = append(problems, problemAt("calendar.lastYear", fmt.Sprintf("应为 %d 到 %d 年", year, year+editableYears), fmt.Sprintf("should be a year from %d to %d", year, year+editableYears)))
	}
	return problems
}

func (s *Server) wrongDay(text string) (zh, en string) {
	day, err := time.ParseInLocation(time.DateOnly, text, clock.Zone)
	if err != nil {
		return "日期应写成 2026-11-24 的样子", "a day is written like 2026-11-24"
	}
	if now := s.Clock.Now(); day.Before(now.AddDate(-1, 0, 0)) || day.After(now.AddDate(editableYears, 0, 0)) {
		return fmt.Sprintf("只能填写一年前到 %d 年后的日期", editableYears), fmt.Sprintf("only days from a year ago to %d years from now", editableYears)
	}
	return "", ""
}

func (s *Server) checkSettingEdit(scope string, edit *view.SettingEdit) []approval.Problem {
	declared, known := procedures.FindSetting(edit.Name)
	if !known {
		return []approval.Problem{problemAt("setting.name", "没有这项设置", "there is no such setting")}
	}
	var problems []approval.Problem
	if strings.HasPrefix(scope, rules.OfficeScope("")) {
		problems = append(problems, problemAt("scope", "设置按地区生效，请填写区划代码", "settings hold for places; give a division code"))
	}
	day, err := time.ParseInLocation(time.DateOnly, edit.ValidFrom, clock.Zone)
	today := rules.DayOf(s.Clock.Now())
	switch {
	case err != nil:
		problems = append(problems, problemAt("setting.validFrom", "生效日期应写成 2026-11-24 的样子", "the first day is written like 2026-11-24"))
	case day.Before(today):
		problems = append(problems, problemAt("setting.validFrom", "生效日期不能早于今天", "the first day cannot lie before today"))
	}
	if len(edit.Value) == 0 {
		edit.Value = json.RawMessage("null")
	}
	if string(edit.Value) != "null" {
		if problem := declared.Check(edit.Value); problem != nil {
			problems = append(problems, approval.Problem{Location: "setting.value", Code: approval.CodeInvalidInput, Message: *problem})
		}
	}
	return problems
}

type decideInput struct {
	ID   string `path:"id" maxLength:"64"`
	Body struct {
		Decision string `json:"decision" enum:"confirm,refuse,withdraw"`
		Opinion  string `json:"opinion,omitempty" maxLength:"2000"`
	}
}

// decideChange ends a proposed change; refusing one says why.
func (s *Server) decideChange(ctx context.Context, input *decideInput) (*changeOutput, error) {
	opinion := strings.TrimSpace(input.Body.Opinion)
	if input.Body.Decision == "refuse" && opinion == "" {
		return nil, approval.Invalid("opinion", "请说明不予确认的理由", "say why it is not confirmed")
	}
	who := callerOf(ctx)
	change, err := s.Store.SettingChange(ctx, input.ID)
	if err != nil {
		return nil, err
	}
	if _, err := s.governed(ctx, who, change.Scope); err != nil {
		return nil, err
	}
	if err := s.Store.DecideChange(ctx, input.ID, input.Body.Decision, opinion, who.actor); err != nil {
		return nil, err
	}
	output := &changeOutput{}
	output.Body.ID, output.Body.State = input.ID, map[string]string{"confirm": "confirmed", "refuse": "refused", "withdraw": "withdrawn"}[input.Body.Decision]
	return output, nil
}

func (s *Server) listRecomputations(ctx context.Context, _ *empty) (*itemsOutput[view.Recomputation], error) {
	return items(s.Store.Recomputations(ctx, 20))
}
