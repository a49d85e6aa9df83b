package api

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"jieli/internal/view"
)

type batchesInput struct {
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	Cursor string `query:"cursor" maxLength:"100"`
}

func (s *Server) listBatches(ctx context.Context, input *batchesInput) (*pageOutput[view.PaymentBatch], error) {
	list, next, err := s.Store.PaymentBatches(ctx, callerOf(ctx).scope, input.Limit, input.Cursor)
	output := &pageOutput[view.PaymentBatch]{}
	output.Body.Items, output.Body.NextCursor = orEmpty(list), next
	return output, err
}

// listProvisional lists benefits released by a provisional figure.
func (s *Server) listProvisional(ctx context.Context, input *batchesInput) (*pageOutput[view.ProvisionalBenefit], error) {
	list, next, err := s.Store.ProvisionalBenefits(ctx, callerOf(ctx).scope, input.Limit, input.Cursor)
	output := &pageOutput[view.ProvisionalBenefit]{}
	output.Body.Items, output.Body.NextCursor = orEmpty(list), next
	return output, err
}

type batchInput struct {
	No string `path:"no" pattern:"^[A-Z0-9-]+$" maxLength:"80"`
}

func (s *Server) listBatchLines(ctx context.Context, input *batchInput) (*itemsOutput[view.PaymentLine], error) {
	return items(s.Store.PaymentLines(ctx, callerOf(ctx).scope, input.No))
}

type reconciliationOutput struct{ Body view.Reconciliation }

func (s *Server) getReconciliation(ctx context.Context, _ *empty) (*reconciliationOutput, error) {
	report, err := s.Store.Reconciliation(ctx, callerOf(ctx).scope)
	return &reconciliationOutput{Body: report}, err
}

// maximumResultFile is the largest result file, in bytes.
const maximumResultFile = 10 << 20

type resultsInput struct {
	RawBody huma.MultipartFormFiles[fileForm]
}

type resultsOutput struct{ Body view.ResultsRead }

// readResults takes in a result file by hand, where the bank sends none by the folder. Reading one again does nothing.
func (s *Server) readResults(ctx context.Context, input *resultsInput) (*resultsOutput, error) {
	who := callerOf(ctx)
	content, _, err := readUpload(input.RawBody.Data().File.File, input.RawBody.Form, maximumResultFile)
	if err != nil {
		return nil, err
	}
	read, err := s.Store.ReadResults(ctx, who.actor.Person, content)
	return &resultsOutput{Body: read}, err
}
