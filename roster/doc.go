// Package roster reads an enterprise's spreadsheet of retirees (移交人员名册) as it comes: it finds
// the header, checks every row against the findings of the contract, and writes the template, the
// correctable workbook and the redacted upload. Rows are streamed: only the identity
// numbers and the workbook's string table are held in memory. It knows no store and no network; what it must ask it is given as functions.
package roster
