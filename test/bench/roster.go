package bench

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"

	"jieli/roster"
	"jieli/rules"
)

// RosterOptions says how large the file is and how often each way reads it.
type RosterOptions struct{ Rows, Rounds int }

// RosterResult compares checking a roster with merely streaming it.
type RosterResult struct {
	Suite         string    `json:"suite"`
	Rows          int       `json:"rows"`
	FileMegabytes float64   `json:"fileMegabytes"`
	StreamSeconds float64   `json:"streamSeconds"`
	CheckSeconds  float64   `json:"checkSeconds"`
	Ratio         float64   `json:"ratio"`
	Rounds        []float64 `json:"rounds"`
	// PeakHeapMegabytes is the most heap and stack in use during a check; PeakProcessMegabytes the
	// most memory the process held then (VmHWM), 0 where the system does not tell.
	PeakHeapMegabytes    float64 `json:"peakHeapMegabytes"`
	PeakProcessMegabytes float64 `json:"peakProcessMegabytes"`
}

var places = []roster.Place{
	{Code: "210106001017", Name: "建农社区", StreetCode: "210106001", Street: "昆明湖街道"},
	{Code: "210106001200", Name: "张士村委会", StreetCode: "210106001", Street: "昆明湖街道"},
}

// Roster makes a file and reads it both ways by turns. Times are per reading.
func Roster(ctx context.Context, options RosterOptions) (RosterResult, error) {
	result := RosterResult{Suite: "roster", Rows: options.Rows}
	folder, err := os.MkdirTemp("", "jieli-bench-")
	if err != nil {
		return result, err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	name := filepath.Join(folder, "roster.xlsx")
	if err := writeRoster(name, options.Rows); err != nil {
		return result, err
	}
	info, err := os.Stat(name)
	if err != nil {
		return result, err
	}
	result.FileMegabytes = float64(info.Size()) / (1 << 20)
	var stream, check time.Duration
	for range options.Rounds {
		streamed, err := timed(func() error { return streamRoster(name, options.Rows) })
		if err != nil {
			return result, err
		}
		forget := watchMemory()
		checked, err := timed(func() error { return checkRoster(ctx, name, info.Size(), &result) })
		if err != nil {
			return result, err
		}
		if forget {
			result.PeakProcessMegabytes = max(result.PeakProcessMegabytes, processPeak())
		}
		stream, check = stream+streamed, check+checked
		result.Rounds = append(result.Rounds, checked.Seconds()/streamed.Seconds())
	}
	result.StreamSeconds, result.CheckSeconds = stream.Seconds()/float64(options.Rounds), check.Seconds()/float64(options.Rounds)
	result.Ratio = check.Seconds() / stream.Seconds()
	return result, nil
}

// timed starts each way from a collected heap.
func timed(work func() error) (time.Duration, error) {
	debug.FreeOSMemory()
	began := time.Now()
	err := work()
	return time.Since(began), err
}

func checkRoster(ctx context.Context, name string, size int64, result *RosterResult) error {
	file, err := os.Open(name) //nolint:gosec // made by this run
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	sample := func(int, int) {
		var memory runtime.MemStats
		runtime.ReadMemStats(&memory)
		result.PeakHeapMegabytes = max(result.PeakHeapMegabytes, float64(memory.HeapInuse+memory.StackInuse)/(1<<20))
	}
	options := roster.Options{Today: time.Now(), Resolve: roster.NewResolver(places), Progress: sample,
		Managed: func(context.Context, []string) (map[string]bool, error) { return nil, nil },
		Earlier: func([]string) (map[string]int, error) { return nil, nil }}
	checked, err := roster.Check(ctx, file, size, name, options, func(roster.Row) error { return nil })
	if err == nil && checked.Totals.People != result.Rows {
		err = fmt.Errorf("checked %d people of %d", checked.Totals.People, result.Rows)
	}
	return err
}

func streamRoster(name string, people int) error {
	file, err := excelize.OpenFile(name)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	rows, err := file.Rows(file.GetSheetName(0))
	if err != nil {
		return err
	}
	count := 0
	for rows.Next() {
		if _, err := rows.Columns(); err != nil {
			return err
		}
		count++
	}
	if count != people+1 {
		return fmt.Errorf("streamed %d rows of %d", count, people+1)
	}
	return rows.Close()
}

// writeRoster fills every column of the template for each person; one person in twenty has
// something to be found.
func writeRoster(name string, people int) error {
	file := excelize.NewFile()
	defer func() { _ = file.Close() }()
	stream, err := file.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	head := []any{}
	for _, column := range roster.Columns() {
		head = append(head, column.TitleZH)
	}
	if err := stream.SetRow("A1", head); err != nil {
		return err
	}
	born := time.Date(1940, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range people {
		day := born.AddDate(0, 0, i%9000)
		first17 := fmt.Sprintf("210106%s%03d", day.Format("20060102"), 1+2*(i/9000))
		id := first17 + string(rules.IDCheckCharacter(first17))
		retired, phone := day.AddDate(60, 1, 0).Format(time.DateOnly), fmt.Sprintf("139%08d", i)
		if i%20 == 0 {
			retired, phone = day.AddDate(60, 1, 0).Format("2006年1月"), "2345"
		}
		community := places[i%2]
		if err := stream.SetRow(fmt.Sprintf("A%d", i+2), []any{i + 1, "王芳", "男", "居民身份证", id, day.Format(time.DateOnly), "汉族",
			community.Code, community.Street + community.Name, community.Code, community.Street + community.Name, phone, "王明", "13812345678", retired, "正常退休", "中共党员", "2026-10", "一般人员",
			fmt.Sprintf("DA%06d", i), 2, fmt.Sprintf("21%08d", i), "沈阳市铁西区社会保险事业服务中心", "", "否", "已确认", "无", "", "无"}); err != nil {
			return err
		}
	}
	if err := stream.Flush(); err != nil {
		return err
	}
	return file.SaveAs(name)
}

// watchMemory makes the system forget the highest memory so far, where it can.
func watchMemory() bool {
	debug.FreeOSMemory()
	return os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) == nil
}

// processPeak is the highest memory of the process since watchMemory.
func processPeak() float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, after, found := bytes.Cut(status, []byte("VmHWM:"))
	fields := bytes.Fields(after)
	if !found || len(fields) == 0 {
		return 0
	}
	kilobytes, _ := strconv.ParseFloat(string(fields[0]), 64)
	return kilobytes / 1024
}
