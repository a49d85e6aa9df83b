package bank

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
)

// Provider carries files to a bank and back.
type Provider interface {
	// Hand gives the bank a payment file. The batch number is the key: handing the same batch over again does nothing.
	Hand(ctx context.Context, batch string, file []byte) error
	// Collect returns the result files that wait. They come again until Taken was called, and may come again after.
	Collect(ctx context.Context) ([][]byte, error)
	// Taken says that a result file was read, by its digest.
	Taken(ctx context.Context, digest string) error
}

// Folder exchanges files with the bank's front-end machine through a folder: payment files in out/, result files in
// in/, which move to done/ once they are read.
type Folder struct{ Path string }

// Hand writes the file under its batch number, whole or not at all.
func (f Folder) Hand(_ context.Context, batch string, file []byte) error {
	folder := filepath.Join(f.Path, "out")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	name := filepath.Join(folder, batch+".csv")
	if _, err := os.Stat(name); err == nil {
		return nil
	}
	if _, err := os.Stat(filepath.Join(folder, batch+".sent")); err == nil {
		// The bank renames what it has fetched.
		return nil
	}
	temporary, err := os.CreateTemp(folder, ".writing-*")
	if err != nil {
		return err
	}
	_, err = temporary.Write(file)
	if err = errors.Join(err, temporary.Sync(), temporary.Close()); err != nil {
		return err
	}
	return os.Rename(temporary.Name(), name)
}

// Collect reads what lies in in/.
func (f Folder) Collect(context.Context) ([][]byte, error) {
	files, err := f.waiting()
	results := make([][]byte, 0, len(files))
	for _, body := range files {
		results = append(results, body)
	}
	return results, err
}

// Taken moves the file to done/.
func (f Folder) Taken(_ context.Context, digest string) error {
	files, err := f.waiting()
	if err != nil {
		return err
	}
	done := filepath.Join(f.Path, "done")
	if err := os.MkdirAll(done, 0o700); err != nil {
		return err
	}
	for name, body := range files {
		if Digest(body) == digest {
			if err := os.Rename(name, filepath.Join(done, digest+".csv")); err != nil {
				return err
			}
		}
	}
	return nil
}

func (f Folder) waiting() (map[string][]byte, error) {
	entries, err := os.ReadDir(filepath.Join(f.Path, "in"))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	files := map[string][]byte{}
	for _, entry := range entries {
		name := filepath.Join(f.Path, "in", entry.Name())
		if entry.IsDir() || !strings.HasSuffix(entry.Name(), ".csv") {
			continue
		}
		body, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		files[name] = body
	}
	return files, err
}
