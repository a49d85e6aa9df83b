package api

import (
	"context"
	"encoding/json"
	"strings"

	"jieli/approval"
	"jieli/internal/clock"
	"jieli/rules"
)

type ruleView struct {
	Name    string         `json:"name"`
	Title   approval.Text  `json:"title"`
	Version int            `json:"version"`
	Schema  map[string]any `json:"schema" doc:"JSON Schema of the input"`
	Sources []rules.Link   `json:"sources" doc:"official documents behind the rule"`
}

func (s *Server) listRules(context.Context, *empty) (*itemsOutput[ruleView], error) {
	list := []ruleView{}
	for _, trial := range rules.Trials() {
		list = append(list, ruleView{Name: trial.Name, Title: trial.Title, Version: trial.Version, Schema: approval.Schema(trial.Fields), Sources: orEmpty(trial.Sources)})
	}
	return items(list, nil)
}

type evaluateInput struct {
	Name string `path:"name" maxLength:"100"`
	Body approval.Form
}

type evaluateOutput struct {
	Body struct {
		rules.Evaluation
		Rule    string `json:"rule"`
		Version int    `json:"version"`
	}
}

// evaluateRule answers "until when", "where to" and "how much" with the way to the answer. It
// changes nothing, so it takes no Idempotency-Key.
func (s *Server) evaluateRule(ctx context.Context, input *evaluateInput) (*evaluateOutput, error) {
	trial, ok := rules.FindTrial(input.Name)
	if !ok {
		return nil, approval.NotFound()
	}
	facts, err := s.factsOf(ctx, trial, input.Body)
	if err != nil {
		return nil, err
	}
	evaluation, refusal := trial.Try(input.Body, facts)
	if refusal != nil {
		return nil, refusal
	}
	output := &evaluateOutput{}
	output.Body.Evaluation, output.Body.Rule, output.Body.Version = evaluation, trial.Name, trial.Version
	return output, nil
}

// factsOf reads what a rule may look at besides its input.
func (s *Server) factsOf(ctx context.Context, trial rules.Trial, input approval.Form) (facts rules.Facts, err error) {
	facts = rules.Facts{Today: s.Clock.Now().In(clock.Zone), Settings: map[string]rules.SettingValue{}, ArchiveHolders: map[string]string{}}
	if facts.Calendar, err = s.calendarOf(ctx, input); err != nil {
		return facts, err
	}
	for _, need := range trial.SettingsOf(input) {
		if facts.Settings[need.Name], err = s.Store.SettingValue(ctx, need, s.settingPlace(ctx, input, need)); err != nil {
			return facts, err
		}
	}
	for _, key := range trial.HoldersWanted {
		district, known := districtIn(input, key)
		if !known {
			continue
		}
		// The oldest entry of the directory is the holder, where a district has designated several.
		holders, err := s.Store.Offices(ctx, string(approval.KindArchive), district, "", 1)
		if err != nil {
			return facts, err
		}
		for _, holder := range holders {
			facts.ArchiveHolders[district] = holder.Name
		}
	}
	return facts, nil
}

// settingPlace is where a setting is to hold: the place the input names. For a province the caller's own
// division is asked, where it lies in it: its office pays by the settings it keeps.
func (s *Server) settingPlace(ctx context.Context, input approval.Form, need rules.SettingNeed) string {
	if need.Province {
		var code string
		_ = json.Unmarshal(input[need.Place], &code)
		province, _, known := rules.ProvinceOf(code)
		own := s.ownRegion(callerOf(ctx))
		switch {
		case known && rules.InProvince(own, province):
			return own
		case known:
			return province
		}
	} else if district, known := districtIn(input, need.Place); known {
		return district
	}
	return rules.NationalScope
}

func districtIn(input approval.Form, key string) (string, bool) {
	var code string
	_ = json.Unmarshal(input[key], &code)
	return rules.DistrictOf(code)
}

// calendarOf reads the calendar an input names. What no calendar can be called is left to the rule to refuse.
func (s *Server) calendarOf(ctx context.Context, input approval.Form) (rules.Calendar, error) {
	var name string
	_ = json.Unmarshal(input[rules.FieldCalendar], &name)
	scope, ok := rules.CalendarScope(name)
	if !ok {
		scope = rules.NationalScope
	}
	calendar, err := s.Store.Calendar(ctx, scope)
	if err != nil && approval.AsError(err).Code == approval.CodeNotFound {
		return calendar, approval.Invalid(rules.FieldCalendar, "没有这个地区或单位，请填写区划代码或“office:”加单位编号", `there is no such place or office; give a division code, or "office:" and the office's id`)
	}
	return calendar, err
}

// holderOf is the office that has the case, by whose calendar its page counts.
func holderOf(fold *approval.Case) string {
	if current := fold.Current(); current != nil {
		for _, task := range current.Tasks {
			if task.State == approval.TaskOpen {
				return task.Office
			}
		}
		if current.Wait != nil {
			return current.Wait.Owner
		}
	}
	return fold.Office
}

// evaluates reports whether a path tries a rule: it changes nothing, so it takes no Idempotency-Key.
func evaluates(path string) bool {
	return strings.HasPrefix(path, "/api/v1/cases/") && strings.HasSuffix(path, "/benefit-preview") || strings.HasPrefix(path, "/api/v1/rules/") && strings.HasSuffix(path, "/evaluate")
}
