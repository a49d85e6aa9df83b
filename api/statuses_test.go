package api

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"testing"

	"jieli/approval"
)

// TestEveryCodeHasAStatus: a refusal without one would be answered as a failure of ours.
func TestEveryCodeHasAStatus(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "../approval/errors.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	codes := 0
	ast.Inspect(file, func(node ast.Node) bool {
		declared, ok := node.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if kind, ok := declared.Type.(*ast.Ident); !ok || kind.Name != "Code" {
			return true
		}
		literal, ok := declared.Values[0].(*ast.BasicLit)
		if !ok {
			return true
		}
		code, err := strconv.Unquote(literal.Value)
		if err != nil {
			t.Fatal(err)
		}
		codes++
		if statuses[approval.Code(code)] == 0 {
			t.Errorf("%s has no status", code)
		}
		return true
	})
	if codes < 30 {
		t.Errorf("only %d codes were found", codes)
	}
}
