package notify

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"text/template"
)

//go:embed templates
var embedded embed.FS

// The messages there are.
const (
	ClaimReceived  = "claim-received"
	ClaimMissing   = "claim-missing"
	Decided        = "decided"
	Paid           = "paid"
	Account        = "account"
	LetterReady    = "letter-ready"
	ReportReceived = "report-received"
	ReportVerified = "report-verified"
	Received       = "received"
)

// Keys lists them.
func Keys() []string {
	return []string{ClaimReceived, ClaimMissing, Decided, Paid, Account, LetterReady, ReportReceived, ReportVerified, Received}
}

// Data is all a template can say. There is no name, no amount, no account and no code in it.
type Data struct {
	// Office answers questions, at Phone where the directory has it.
	Office, Phone string
	// Page is where the family looks its case up; empty where the product's address is not set.
	Page string
}

// Words are a message as it is sent.
type Words struct{ Title, ZH, EN string }

// Templates finds the template of a message as papers find theirs: that of the place, else of the places above it, at
// last the one that comes with the program.
type Templates struct {
	// Folder holds the replaced ones, a folder for each region code; empty for none.
	Folder string
}

var regionCode = regexp.MustCompile(`^[0-9]{6,12}$`)

// Fill makes the words of a message for the first of the places that has a template of its own.
func (t Templates) Fill(key string, places []string, data Data) (Words, error) {
	body, from, err := t.file(key+".txt", places)
	if err != nil {
		return Words{}, err
	}
	parsed, err := template.New(from).Option("missingkey=error").Parse(string(body))
	if err != nil {
		return Words{}, fmt.Errorf("the template of a message: %w", err)
	}
	var words Words
	for name, into := range map[string]*string{"title": &words.Title, "zh": &words.ZH, "en": &words.EN} {
		var filled bytes.Buffer
		if err := parsed.ExecuteTemplate(&filled, name, data); err != nil {
			return Words{}, fmt.Errorf("the template of a message: %w", err)
		}
		*into = strings.Join(strings.Fields(filled.String()), " ")
	}
	return words, nil
}

func (t Templates) file(name string, places []string) (body []byte, from string, err error) {
	if t.Folder != "" {
		for _, place := range append(slices.Clone(places), "000000") {
			if !regionCode.MatchString(place) {
				continue
			}
			body, err := os.ReadFile(filepath.Join(t.Folder, place, name)) //nolint:gosec // the operator names the folder
			if err == nil || !errors.Is(err, fs.ErrNotExist) {
				return body, place + "/" + name, err
			}
		}
	}
	body, err = embedded.ReadFile("templates/" + name)
	return body, name, err
}

// Check fills every replaced template in and returns all that are broken, too long, or belong to no message.
func (t Templates) Check() (checked int, faults []error) {
	if t.Folder == "" {
		return 0, nil
	}
	files, err := filepath.Glob(filepath.Join(t.Folder, "*", "*"))
	if err != nil {
		return 0, []error{err}
	}
	for _, file := range files {
		place, key := filepath.Base(filepath.Dir(file)), strings.TrimSuffix(filepath.Base(file), ".txt")
		switch words, err := t.Fill(key, []string{place}, Sample()); {
		case !slices.Contains(Keys(), key) || !regionCode.MatchString(place):
			faults = append(faults, fmt.Errorf("%s/%s is no message of a region; there are %s", place, filepath.Base(file), strings.Join(Keys(), ", ")))
		case err != nil:
			faults = append(faults, err)
		case len([]rune(words.ZH)) > LongestText:
			faults = append(faults, fmt.Errorf("%s/%s makes %d characters; a text message has %d at most", place, filepath.Base(file), len([]rune(words.ZH)), LongestText))
		}
	}
	return len(files), faults
}

// Export writes the templates that come with the program into a folder, and overwrites nothing.
func Export(folder string) (written int, err error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return 0, err
	}
	for _, key := range Keys() {
		body, err := embedded.ReadFile("templates/" + key + ".txt")
		if err != nil {
			return written, err
		}
		target, err := os.OpenFile(filepath.Join(folder, key+".txt"), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
		if err != nil {
			return written, err
		}
		_, err = target.Write(body)
		if err = errors.Join(err, target.Close()); err != nil {
			return written, err
		}
		written++
	}
	return written, nil
}

// LongestText is what two linked text messages hold in Chinese, the signature of the gateway left out.
const LongestText = 124

// Sample is invented data as long as it gets.
func Sample() Data {
	return Data{Office: "昆明湖街道建农社区居民委员会", Phone: "024-12345678", Page: "jieli.example.gov.cn/q"}
}
