package store

import (
	"context"
	"encoding/json"
	"errors"
	"maps"

	"jieli/approval"
	"jieli/internal/view"
)

// PreviewBenefit tells what the rule would find if a calculation were signed as it is filled in now. It reads and
// keeps nothing; what is still missing is an answer as well.
func (s *Store) PreviewBenefit(ctx context.Context, fold *approval.Case, form approval.Form) (view.BenefitPreview, error) {
	preview := view.BenefitPreview{Derivation: []map[string]any{}, Problems: []approval.Problem{}}
	tried := *fold
	tried.Form = maps.Clone(fold.Form)
	if tried.Form == nil {
		tried.Form = approval.Form{}
	}
	maps.Copy(tried.Form, form)
	found := approval.Form{}
	err := s.calculate(ctx, s.pool, &tried, func(key string, value any, _, _ string) {
		if derivation, ok := value.([]map[string]any); ok {
			preview.Derivation = derivation
			return
		}
		found[key], _ = json.Marshal(value)
	})
	var refusal *approval.Error
	if errors.As(err, &refusal) && refusal.Code == approval.CodeInvalidInput {
		preview.Problems = refusal.Problems
		return preview, nil
	}
	preview.Funeral, preview.Survivor, preview.Total = int64(formFen(found, "funeralGrant")), int64(formFen(found, "survivorPayment")), int64(formFen(found, "total"))
	preview.Provisional, preview.MeetingReason = formText(found, "provisional") == "yes", formText(found, "meetingReason")
	return preview, err
}
