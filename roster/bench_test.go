package roster

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

const benchmarkRows = 100_000

// BenchmarkRoster compares checking a roster of 100,000 persons with merely streaming the same file
// through excelize, and prints the highest heap seen on the way:
//
//	go test ./roster -run '^$' -bench Roster -benchtime 1x
func BenchmarkRoster(b *testing.B) {
	name := filepath.Join(b.TempDir(), "roster.xlsx")
	must(b, writeLargeRoster(name))
	info, err := os.Stat(name)
	must(b, err)
	b.Logf("%d rows, %d MB", benchmarkRows, info.Size()>>20)
	b.Run("Excelize", func(b *testing.B) {
		for b.Loop() {
			streamWithExcelize(b, name)
		}
	})
	b.Run("Check", func(b *testing.B) {
		resolve := NewResolver(testPlaces)
		var highest uint64
		for b.Loop() {
			runtime.GC()
			file, err := os.Open(name)
			must(b, err)
			sample := func() {
				var memory runtime.MemStats
				runtime.ReadMemStats(&memory)
				highest = max(highest, memory.HeapInuse+memory.StackInuse)
			}
			options := Options{Today: today, Resolve: resolve,
				Managed:  func(context.Context, []string) (map[string]bool, error) { return nil, nil },
				Earlier:  func([]string) (map[string]int, error) { return nil, nil },
				Progress: func(int, int) { sample() }}
			result, err := Check(context.Background(), file, info.Size(), name, options, func(Row) error { return nil })
			must(b, err)
			must(b, file.Close())
			if result.Totals.People != benchmarkRows {
				b.Fatalf("%+v", result.Totals)
			}
		}
		b.ReportMetric(float64(highest)/(1<<20), "peak-MB")
	})
}

func streamWithExcelize(b *testing.B, name string) {
	file, err := excelize.OpenFile(name)
	must(b, err)
	defer file.Close()
	rows, err := file.Rows(file.GetSheetName(0))
	must(b, err)
	count := 0
	for rows.Next() {
		_, err := rows.Columns()
		must(b, err)
		count++
	}
	must(b, rows.Close())
	if count != benchmarkRows+1 {
		b.Fatal(count)
	}
}

// writeLargeRoster fills every column of the template for each person; one person in twenty has
// something to be found.
func writeLargeRoster(name string) error {
	file := excelize.NewFile()
	defer file.Close()
	stream, err := file.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	head := make([]any, len(columns))
	for i, column := range columns {
		head[i] = column.TitleZH
	}
	if err := stream.SetRow("A1", head); err != nil {
		return err
	}
	born := time.Date(1940, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range benchmarkRows {
		day := born.AddDate(0, 0, i%9000)
		id := number(day.Format("20060102"), 1+2*(i/9000))
		retired, phone := day.AddDate(60, 1, 0).Format(time.DateOnly), fmt.Sprintf("139%08d", i)
		if i%20 == 0 {
			retired, phone = day.AddDate(60, 1, 0).Format("2006年1月"), "2345"
		}
		community := testPlaces[i%2]
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
