package bank

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// Simulator is a bank that pays from accounts of its own and answers as banks do: late, in parts, twice, and with
// refusals. What it does with a line follows from the line alone, so that a test can say what is to come.
type Simulator struct {
	mutex   sync.Mutex
	batches map[string][]Line
	// waiting are result files by digest with the number of times they are still to be kept back.
	waiting map[string]*answer
	paid    map[string]int64
}

type answer struct {
	file []byte
	late int
	// again is how often the file comes once more after it was taken.
	again int
}

// RefusedAccount ends in these digits: the bank does not know it.
const RefusedAccount = "0000"

// NewSimulator is a bank without any batch.
func NewSimulator() *Simulator {
	return &Simulator{batches: map[string][]Line{}, waiting: map[string]*answer{}, paid: map[string]int64{}}
}

// Hand takes a batch once. It pays at once what it can and tells later: the first half of the lines comes first,
// the rest two questions later, and everything once more.
func (s *Simulator) Hand(_ context.Context, batch string, file []byte) error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if _, known := s.batches[batch]; known {
		return nil
	}
	lines, err := ReadPayments(file)
	if err != nil {
		return err
	}
	s.batches[batch] = lines
	var results []Result
	for _, line := range lines {
		result := Result{Batch: line.Batch, Line: line.Line, Amount: line.Amount, Outcome: Paid}
		if strings.HasSuffix(line.Account, RefusedAccount) {
			result.Outcome, result.Reason = Refused, "账号不存在"
		} else {
			s.paid[line.Account] += line.Amount
		}
		results = append(results, result)
	}
	half := (len(results) + 1) / 2
	for i, part := range [][]Result{results[:half], results[half:], results} {
		if len(part) > 0 {
			file := Results(part)
			if s.waiting[Digest(file)] == nil {
				s.waiting[Digest(file)] = &answer{file: file, late: 2 * i, again: 1}
			}
		}
	}
	return nil
}

// Collect returns what has become due, each question bringing the rest nearer.
func (s *Simulator) Collect(context.Context) ([][]byte, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	var files [][]byte
	for _, digest := range slices.Sorted(maps.Keys(s.waiting)) {
		if waiting := s.waiting[digest]; waiting.late > 0 {
			waiting.late--
		} else {
			files = append(files, waiting.file)
		}
	}
	return files, nil
}

// Taken keeps the file for one more time.
func (s *Simulator) Taken(_ context.Context, digest string) error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if one := s.waiting[digest]; one != nil {
		if one.again--; one.again < 0 {
			delete(s.waiting, digest)
		}
	}
	return nil
}

// Paid is what has arrived on each account.
func (s *Simulator) Paid() map[string]int64 {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return maps.Clone(s.paid)
}

// Idle reports whether no answer waits any more.
func (s *Simulator) Idle() bool {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return len(s.waiting) == 0
}

// Serve is the bank at the other end of a folder: it takes what lies in out/, leaves its answers in in/, and renames
// what it has answered. What it does follows from the files alone, so that it may be ended and started at any point.
func (s *Simulator) Serve(ctx context.Context, folder Folder) error {
	names, err := filepath.Glob(filepath.Join(folder.Path, "out", "*.csv"))
	if err != nil || len(names) == 0 {
		return err
	}
	for _, name := range names {
		body, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if err := s.Hand(ctx, strings.TrimSuffix(filepath.Base(name), ".csv"), body); err != nil {
			return err
		}
	}
	files, err := s.Collect(ctx)
	if err != nil {
		return err
	}
	in := filepath.Join(folder.Path, "in")
	if err := os.MkdirAll(in, 0o700); err != nil {
		return err
	}
	for _, body := range files {
		digest := Digest(body)
		partial := filepath.Join(in, digest+".partial")
		if err := os.WriteFile(partial, body, 0o600); err != nil {
			return err
		}
		if err := os.Rename(partial, filepath.Join(in, digest+".csv")); err != nil {
			return err
		}
		if err := s.Taken(ctx, digest); err != nil {
			return err
		}
	}
	if s.Idle() {
		for _, name := range names {
			if err := os.Rename(name, strings.TrimSuffix(name, ".csv")+".sent"); err != nil {
				return err
			}
		}
	}
	return nil
}
