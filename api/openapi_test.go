package api

import (
	"encoding/json"
	"os"
	"reflect"
	"testing"
)

// The front end's types are made of this description: a changed route or body must reach them
// (`make openapi`).
func TestTheFrontEndKnowsTheAPI(t *testing.T) {
	described, err := OpenAPI()
	if err != nil {
		t.Fatal(err)
	}
	kept, err := os.ReadFile("../web/src/api/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	var now, then any
	if err := json.Unmarshal(described, &now); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(kept, &then); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(now, then) {
		t.Error("web/src/api/openapi.json is not what the API says of itself now: run `make openapi`")
	}
}
