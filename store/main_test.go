package store_test

import (
	"testing"

	"jieli/internal/stacktest"
)

func TestMain(m *testing.M) { stacktest.Main(m) }
