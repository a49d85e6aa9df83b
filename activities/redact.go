package activities

import "context"

// Redactor rewrites a stored upload without the rows of excluded lines.
type Redactor interface {
	RedactRoster(ctx context.Context, no string) error
}

// Rosters works on stored uploads.
type Rosters struct{ Redactor Redactor }

// Redact removes every excluded line of a case from its stored upload (S2.3). Running again is harmless.
func (r *Rosters) Redact(ctx context.Context, no string) error {
	return r.Redactor.RedactRoster(ctx, no)
}
