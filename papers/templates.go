package papers

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"jieli/approval"
	"jieli/procedures"
)

//go:embed templates
var embedded embed.FS

// The files every paper is made with; a jurisdiction may replace them like any other.
const (
	partsFile = "parts.html"
	styleFile = "base.css"
)

// everywhere is the folder whose files hold for all places, as the region of settings that do.
const everywhere = "000000"

// Templates finds the template of a paper: that of the place, else of the places above it, at last the one
// that comes with the program.
type Templates struct {
	// Folder holds the replaced ones, a folder for each region code; empty for none.
	Folder string
}

// BrokenTemplate is a template that could not be read or carried out.
type BrokenTemplate struct {
	File string // as region/name, or the name alone of one that comes with the program
	Line int    // 0 where it is not known
	Err  error
}

func (b *BrokenTemplate) Error() string {
	if b.Line == 0 {
		return fmt.Sprintf("%s: %v", b.File, b.Err)
	}
	return fmt.Sprintf("%s line %d: %v", b.File, b.Line, b.Err)
}

func (b *BrokenTemplate) Unwrap() error { return b.Err }

// file reads the file of a name that holds in the first of the places, and says which it is.
func (t Templates) file(name string, places []string) (body []byte, from string, err error) {
	if t.Folder != "" {
		for _, place := range append(slices.Clone(places), everywhere) {
			if !regionCode.MatchString(place) {
				continue
			}
			body, err := os.ReadFile(filepath.Join(t.Folder, place, name))
			if err == nil || !errors.Is(err, fs.ErrNotExist) {
				from := place + "/" + name
				if err != nil {
					err = &BrokenTemplate{File: from, Err: err}
				}
				return body, from, err
			}
		}
	}
	body, err = embedded.ReadFile("templates/" + name)
	return body, name, err
}

var regionCode = regexp.MustCompile(`^[0-9]{6,12}$`)

// HTML fills a paper's template in for the first of the places that has one.
func (t Templates) HTML(paper string, places []string, data *Data) ([]byte, error) {
	page := template.New("")
	sources := map[string]string{}
	for _, name := range []string{partsFile, paper + ".html"} {
		body, from, err := t.file(name, places)
		if err != nil {
			return nil, err
		}
		sources[name] = from
		if page, err = page.New(from).Funcs(functions).Parse(string(body)); err != nil {
			return nil, broken(err, from)
		}
	}
	style, _, err := t.file(styleFile, places)
	if err != nil {
		return nil, err
	}
	var filled bytes.Buffer
	err = page.ExecuteTemplate(&filled, sources[paper+".html"], struct {
		*Data
		Style template.CSS
	}{data, template.CSS(style)})
	var refused *approval.Error
	if errors.As(err, &refused) {
		return nil, refused
	}
	if err != nil {
		return nil, broken(err, sources[paper+".html"])
	}
	return filled.Bytes(), nil
}

// place is where html/template says that something is wrong: its own name for the file, then the line.
var place = regexp.MustCompile(`template: ?([^:\s]+):(\d+)`)

func broken(err error, file string) error {
	found := &BrokenTemplate{File: file, Err: err}
	if match := place.FindStringSubmatch(err.Error()); match != nil {
		found.File = match[1]
		found.Line, _ = strconv.Atoi(match[2])
	}
	return found
}

// Check fills every replaced template in with invented data and returns all that are broken, and names that
// belong to no paper.
func (t Templates) Check() (checked int, faults []error) {
	if t.Folder == "" {
		return 0, nil
	}
	entries, err := os.ReadDir(t.Folder)
	if err != nil {
		return 0, []error{err}
	}
	for _, entry := range entries {
		if !entry.IsDir() || !regionCode.MatchString(entry.Name()) {
			faults = append(faults, &BrokenTemplate{File: entry.Name(), Err: errors.New("not a folder named by a region code, such as 210106 or 000000")})
			continue
		}
		files, err := os.ReadDir(filepath.Join(t.Folder, entry.Name()))
		if err != nil {
			faults = append(faults, err)
		}
		for _, file := range files {
			checked++
			faults = append(faults, t.checkFile(entry.Name(), file.Name())...)
		}
	}
	return checked, faults
}

func (t Templates) checkFile(region, name string) (faults []error) {
	papers := Keys()
	if name != partsFile && name != styleFile {
		key, ok := strings.CutSuffix(name, ".html")
		if !ok || !slices.Contains(papers, key) {
			return []error{&BrokenTemplate{File: path.Join(region, name), Err: fmt.Errorf("is no paper; there are %s, %s and %s", partsFile, styleFile, strings.Join(papers, ".html, ")+".html")}}
		}
		papers = []string{key}
	}
	seen := map[string]bool{}
	for _, key := range papers {
		if _, err := t.HTML(key, []string{region}, Sample(key)); err != nil && !seen[err.Error()] {
			seen[err.Error()] = true
			faults = append(faults, err)
		}
	}
	return faults
}

// Export writes the templates that come with the program into a folder, and overwrites nothing.
func Export(folder string) (written []string, err error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	files, err := embedded.ReadDir("templates")
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		body, err := embedded.ReadFile("templates/" + file.Name())
		if err != nil {
			return written, err
		}
		target, err := os.OpenFile(filepath.Join(folder, file.Name()), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
		if err != nil {
			return written, err
		}
		_, err = target.Write(body)
		if err = errors.Join(err, target.Close()); err != nil {
			return written, err
		}
		written = append(written, file.Name())
	}
	return written, nil
}

// Keys are the keys of all papers of all procedures, each once.
func Keys() []string {
	keys := []string{}
	for _, procedure := range procedures.All() {
		for _, paper := range procedure.Papers {
			keys = append(keys, paper.Key)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}
