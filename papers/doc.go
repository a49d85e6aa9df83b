// Package papers prints the forms of cases as PDF: templates in HTML, which a jurisdiction may replace, laid
// out by WeasyPrint.
package papers
