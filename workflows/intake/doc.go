// Package intake is the sheet of one street: its receptions are child cases.
package intake
