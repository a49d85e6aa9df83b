// Package rescission is the procedure 误报更正: a verified death turns out to be wrong, and everything it closed is restored.
package rescission
