package notify

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// tactless are words no message has: of joy, of suspicion, of hurry, and of what a family would rather not read.
var tactless = []string{"成功", "恭喜", "祝", "死亡", "死者", "尊敬", "稽核", "冒领", "党", "！", "元", "success", "congrat", "fraud", "party", "dear", "!", "¥"}

// Every message has a title and its words in both languages, says whom to ask, fits into two text messages, and
// names nobody.
func TestEveryMessageHasItsWords(t *testing.T) {
	files, err := embedded.ReadDir("templates")
	if err != nil || len(files) != len(Keys()) {
		t.Errorf("%d templates for %d messages (%v)", len(files), len(Keys()), err)
	}
	for _, key := range Keys() {
		for _, data := range []Data{Sample(), {Office: Sample().Office}} {
			words, err := Templates{}.Fill(key, nil, data)
			if err != nil {
				t.Errorf("%s: %v", key, err)
				continue
			}
			if words.Title == "" || !strings.Contains(words.ZH, data.Office) || !strings.Contains(words.EN, data.Office) || strings.Contains(words.ZH, "{") || strings.Contains(words.ZH, "，。") {
				t.Errorf("%s says %+v", key, words)
			}
			if data.Phone != "" && !strings.Contains(words.ZH, data.Phone) {
				t.Errorf("%s does not say whom to call: %s", key, words.ZH)
			}
			if length := len([]rune(words.ZH)); length > LongestText {
				t.Errorf("%s has %d characters: %s", key, length, words.ZH)
			}
			for _, word := range tactless {
				if strings.Contains(words.ZH+words.Title, word) || strings.Contains(strings.ToLower(words.EN), word) {
					t.Errorf("%s says %q: %+v", key, word, words)
				}
			}
		}
	}
	// What a template is given can hold no name, amount, account or code.
	if fields := reflect.TypeFor[Data]().NumField(); fields != 3 {
		t.Errorf("templates are given %d things: say in this test why a message needs another one", fields)
	}
}

// A region's own words go before those above it and the program's; what is broken, too long or unknown is named.
func TestReplacedMessages(t *testing.T) {
	folder := t.TempDir()
	write := func(name, zh string) {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(folder, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, name), []byte(`{{define "title"}}t{{end}}{{define "zh"}}`+zh+`{{end}}{{define "en"}}e{{end}}`), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	own := Templates{Folder: folder}
	write("000000/paid.txt", "全国")
	write("210000/decided.txt", "全省")
	write("210106/decided.txt", "本区")
	for key, want := range map[string]string{Paid: "全国", Decided: "本区"} {
		if words, err := own.Fill(key, []string{"210106", "210100", "210000"}, Sample()); err != nil || words.ZH != want {
			t.Errorf("%s: %+v %v", key, words, err)
		}
	}
	if checked, faults := own.Check(); checked != 3 || len(faults) > 0 {
		t.Errorf("found %v", faults)
	}
	write("210106/account.txt", "{{.Amount}}")
	write("210106/greeting.txt", "好")
	write("210106/received.txt", strings.Repeat("长", LongestText+1))
	if _, faults := own.Check(); len(faults) != 3 {
		t.Errorf("found %v", faults)
	}
}

// What is exported can be put in place as it is, and is never overwritten.
func TestExportedMessagesAreInOrder(t *testing.T) {
	folder := t.TempDir()
	if written, err := Export(filepath.Join(folder, "000000")); err != nil || written != len(Keys()) {
		t.Fatal(written, err)
	}
	if checked, faults := (Templates{Folder: folder}).Check(); checked != len(Keys()) || len(faults) > 0 {
		t.Errorf("%d checked: %v", checked, faults)
	}
	if _, err := Export(filepath.Join(folder, "000000")); err == nil {
		t.Error("exported over what was there")
	}
}
