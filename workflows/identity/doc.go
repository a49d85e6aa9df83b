// Package identity is the procedure 身份号码更正: the agency checks and approves the correction of a person's ID
// number.
package identity
