// Package formreview is the procedure 管理形式复查: a registered form of management is looked at again.
package formreview
