package rules

import (
	"time"

	"jieli/approval"
)

// DeathNotice is the time in which the family or the unit has to tell the agency of a death, from the day after.
var DeathNotice = approval.Due{Kind: approval.WorkingDays, Count: 20}

// PensionStops is the first day of the month after a death: the month of the death itself is paid.
func PensionStops(died time.Time) time.Time {
	return time.Date(died.Year(), died.Month()+1, 1, 0, 0, 0, 0, time.UTC)
}

// WithheldMonths are the months ("2006-01") for which a pension that stopped on a day has not been paid by
// another, that of the other day included: what is withheld is paid once the pension resumes.
func WithheldMonths(stopped, until time.Time) []string {
	months := []string{}
	for month := stopped; !month.After(until); month = month.AddDate(0, 1, 0) {
		months = append(months, month.Format("2006-01"))
	}
	return months
}
