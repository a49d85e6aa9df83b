package store

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"jieli/approval"
)

func badCursor() *approval.Error {
	return approval.Invalid("query.cursor", "翻页位置无效，请从第一页重新开始", "there is no such page; start from the first one")
}

// endless stands for a moment that never comes: tasks without a deadline are listed last.
const endless = "infinity"

// momentCursor names the last row of a page that is ordered by a moment and an id.
func momentCursor(at pgtype.Timestamptz, id string) string {
	moment := endless
	if at.InfinityModifier == pgtype.Finite {
		moment = at.Time.UTC().Format(time.RFC3339Nano)
	}
	return moment + "|" + id
}

// afterMoment reads a momentCursor back; both are empty for the first page.
func afterMoment(cursor string) (moment, id string, err error) {
	if cursor == "" {
		return "", "", nil
	}
	moment, id, _ = strings.Cut(cursor, "|")
	// PostgreSQL knows no year 0.
	at, parseErr := time.Parse(time.RFC3339Nano, moment)
	if id == "" || moment != endless && (parseErr != nil || at.Year() < 1) {
		return "", "", badCursor()
	}
	return moment, id, nil
}

// afterRow reads the row number a page goes on behind; 0 for the first page.
func afterRow(cursor string) (int, error) {
	if cursor == "" {
		return 0, nil
	}
	row, err := strconv.Atoi(cursor)
	if err != nil || row < 1 || row > math.MaxInt32 {
		return 0, badCursor()
	}
	return row, nil
}

// afterDay reads a cursor of a day and an id.
func afterDay(cursor string) (day, id string, err error) {
	day, id, _ = strings.Cut(cursor, "|")
	at, parseErr := time.Parse(time.DateOnly, day)
	if id == "" || parseErr != nil || at.Year() < 1 {
		return "", "", badCursor()
	}
	return day, id, nil
}
