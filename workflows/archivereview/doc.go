// Package archivereview is the procedure 暂不移交档案复查: a held archive stays until another date, or may be transferred.
package archivereview
