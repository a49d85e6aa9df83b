package rules

import (
	"encoding/json"
	"fmt"
	"time"

	"jieli/approval"
)

// maximumTrialDays keeps a trial from counting for centuries.
const maximumTrialDays = 1000

var holidaySource = approval.Text{ZH: "国务院办公厅公布的节假日安排", EN: "holidays as published by the State Council"}

// FieldCalendar is the input that names the calendar to count by (CalendarScope reads it).
const FieldCalendar = "calendar"

// workingDaysTrial counts working days from a day, the day after it being day 1 (api.md).
func workingDaysTrial() Trial {
	return Trial{Name: "working-days", Title: approval.Text{ZH: "工作日计算", EN: "working days"}, Version: 2,
		Sources: []Link{{Title: approval.Text{ZH: "国务院办公厅关于部分节假日安排的通知（中国政府网政策文件库）", EN: "the State Council's yearly notices of holidays (gov.cn policy library)"},
			Address: "https://sousuo.www.gov.cn/zcwjk/policyDocumentLibrary?q=%E9%83%A8%E5%88%86%E8%8A%82%E5%81%87%E6%97%A5%E5%AE%89%E6%8E%92&t=zhengcelibrary"}},
		Fields: []approval.Field{
			{Key: "from", Title: approval.Text{ZH: "起算日", EN: "from"}, Kind: approval.FieldDate, Required: true},
			{Key: "days", Title: approval.Text{ZH: "工作日数", EN: "days"}, Kind: approval.FieldNumber, Required: true},
			{Key: FieldCalendar, Title: approval.Text{ZH: "工作日历", EN: "calendar"}, Kind: approval.FieldText},
		}, Evaluate: evaluateWorkingDays}
}

type workingDaysResult struct {
	Due     string   `json:"due"`
	Counted []string `json:"counted"`
	// Provisional is set when the days reach into a year whose holidays are not published yet.
	Provisional bool `json:"provisional"`
}

func evaluateWorkingDays(input approval.Form, facts Facts) (Evaluation, *approval.Error) {
	from, err := time.Parse(time.DateOnly, text(input, "from"))
	if err != nil {
		return Evaluation{}, approval.Invalid("from", "没有这一天", "there is no such day")
	}
	var number float64
	_ = json.Unmarshal(input["days"], &number)
	days := int(number)
	if float64(days) != number || days < 1 || days > maximumTrialDays {
		return Evaluation{}, approval.Invalid("days", fmt.Sprintf("应为 1 到 %d 的整数", maximumTrialDays), fmt.Sprintf("should be a whole number from 1 to %d", maximumTrialDays))
	}
	if _, ok := CalendarScope(text(input, FieldCalendar)); !ok {
		return Evaluation{}, approval.Invalid(FieldCalendar, "请填写 national、区划代码或“office:”加单位编号", `give "national", a division code, or "office:" and the office's id`)
	}
	due, counted, provisional := facts.Calendar.AddWorkingDays(from, days)
	steps := []Step{calendarStep(facts.Calendar), {Step: approval.Text{ZH: "起算日，次日为第 1 日", EN: "the day after counts as day 1"}, Value: from.Format(time.DateOnly)}}
	for day := from.AddDate(0, 0, 1); !day.After(due); day = day.AddDate(0, 0, 1) {
		working, listed := facts.Calendar.Days[day.Format(time.DateOnly)]
		weekend := day.Weekday() == time.Saturday || day.Weekday() == time.Sunday
		switch {
		case listed && working && weekend:
			steps = append(steps, Step{Step: approval.Text{ZH: "调休上班，计入", EN: "make-up working day, counted"}, Value: day.Format(time.DateOnly), Source: holidaySource})
		case listed && !working && !weekend:
			steps = append(steps, Step{Step: approval.Text{ZH: "法定节假日，不计", EN: "official holiday, not counted"}, Value: day.Format(time.DateOnly), Source: holidaySource})
		}
	}
	if provisional {
		steps = append(steps, Step{Step: approval.Text{ZH: "该年节假日尚未公布，暂按周一至周五计算", EN: "holidays of that year are not published; Monday to Friday were counted"}, Value: fmt.Sprint(due.Year())})
	}
	steps = append(steps, Step{Step: approval.Text{ZH: fmt.Sprintf("第 %d 个工作日", days), EN: fmt.Sprintf("working day %d", days)}, Value: due.Format(time.DateOnly)})
	return Evaluation{Result: workingDaysResult{Due: due.Format(time.DateOnly), Counted: counted, Provisional: provisional}, Summary: approval.Text{ZH: "到期日 " + due.Format("2006年1月2日"), EN: "due on " + due.Format("2 January 2006")}, Derivation: steps}, nil
}

// calendarStep names the calendar that counts and the number of its last edit.
func calendarStep(calendar Calendar) Step {
	return Step{Step: approval.Text{ZH: fmt.Sprintf("工作日历（第 %d 次修订）", calendar.Version), EN: fmt.Sprintf("calendar (edit %d)", calendar.Version)}, Value: calendar.Name}
}
