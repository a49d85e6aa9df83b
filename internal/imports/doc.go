// Package imports holds the test that keeps imports pointing inward (architecture.md, section 2).
package imports
