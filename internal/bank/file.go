package bank

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
)

// Line is one payment of a batch, in fen.
type Line struct {
	Batch         string
	Line          int
	Name          string
	Bank, Account string
	Amount        int64
	Purpose       string
}

// Outcomes of a line.
const (
	Paid    = "paid"
	Refused = "refused"
)

// Result is what the bank says of one line.
type Result struct {
	Row     int // of the file, from 2
	Batch   string
	Line    int
	Amount  int64
	Outcome string
	Reason  string
}

var (
	paymentHeading = []string{"batch", "line", "name", "bank", "account", "amount_fen", "purpose"}
	resultHeading  = []string{"batch", "line", "amount_fen", "outcome", "reason"}
)

// maximumResults bounds a result file.
const maximumResults = 100_000

// Digest is the SHA-256 of a file in hexadecimal: the same file has the same digest, always.
func Digest(file []byte) string {
	sum := sha256.Sum256(file)
	return hex.EncodeToString(sum[:])
}

// Payments writes a payment file. The last line is the check: how many lines, and their sum.
func Payments(batch string, lines []Line) []byte {
	var file bytes.Buffer
	writer := csv.NewWriter(&file)
	_ = writer.Write(paymentHeading)
	var total int64
	for _, line := range lines {
		_ = writer.Write([]string{line.Batch, strconv.Itoa(line.Line), line.Name, line.Bank, line.Account, strconv.FormatInt(line.Amount, 10), line.Purpose})
		total += line.Amount
	}
	_ = writer.Write([]string{batch, "total", "", "", strconv.Itoa(len(lines)), strconv.FormatInt(total, 10), ""})
	writer.Flush()
	return file.Bytes()
}

// ReadPayments reads a payment file as a bank does, check line included.
func ReadPayments(file []byte) ([]Line, error) {
	records, err := read(file, paymentHeading)
	if err != nil {
		return nil, err
	}
	var lines []Line
	var total int64
	for i, record := range records {
		amount, err := strconv.ParseInt(record[5], 10, 64)
		if err != nil {
			return nil, fmt.Errorf("row %d: the amount is no number of fen", i+2)
		}
		if record[1] == "total" {
			if record[4] != strconv.Itoa(len(lines)) || amount != total || i != len(records)-1 {
				return nil, errors.New("the check line does not agree with the lines")
			}
			return lines, nil
		}
		number, err := strconv.Atoi(record[1])
		if err != nil {
			return nil, fmt.Errorf("row %d: the line is no number", i+2)
		}
		lines = append(lines, Line{Batch: record[0], Line: number, Name: record[2], Bank: record[3], Account: record[4], Amount: amount, Purpose: record[6]})
		total += amount
	}
	return nil, errors.New("the check line is missing")
}

// Results writes a result file.
func Results(results []Result) []byte {
	var file bytes.Buffer
	writer := csv.NewWriter(&file)
	_ = writer.Write(resultHeading)
	for _, result := range results {
		_ = writer.Write([]string{result.Batch, strconv.Itoa(result.Line), strconv.FormatInt(result.Amount, 10), result.Outcome, result.Reason})
	}
	writer.Flush()
	return file.Bytes()
}

// ReadResults reads a result file; one row that cannot be read makes the whole file unreadable.
func ReadResults(file []byte) ([]Result, error) {
	records, err := read(file, resultHeading)
	if err != nil {
		return nil, err
	}
	if len(records) > maximumResults {
		return nil, fmt.Errorf("the file has more than %d lines", maximumResults)
	}
	results := make([]Result, len(records))
	for i, record := range records {
		line, err := strconv.Atoi(record[1])
		amount, wrong := strconv.ParseInt(record[2], 10, 64)
		if err != nil || wrong != nil || record[3] != Paid && record[3] != Refused {
			return nil, fmt.Errorf("row %d: line and amount_fen are whole numbers, outcome is paid or refused", i+2)
		}
		results[i] = Result{Row: i + 2, Batch: record[0], Line: line, Amount: amount, Outcome: record[3], Reason: record[4]}
	}
	return results, nil
}

func read(file []byte, heading []string) ([][]string, error) {
	reader := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(file, []byte("\ufeff"))))
	reader.FieldsPerRecord = len(heading)
	records, err := reader.ReadAll()
	if err != nil || len(records) == 0 {
		return nil, errors.New("the file is no CSV with the columns " + fmt.Sprint(heading))
	}
	for i, column := range heading {
		if records[0][i] != column {
			return nil, errors.New("the heading is not " + fmt.Sprint(heading))
		}
	}
	return records[1:], nil
}
