package papers

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"os/exec"
	"strings"
	"time"

	"rsc.io/qr"

	"jieli/approval"
)

//go:embed render.py
var script string

// python is Debian's own, for which its packages are installed; another one may come first on the PATH.
const python = "/usr/bin/python3"

// The fonts of the templates; without them Chinese would be empty boxes.
const fonts = "Noto Serif CJK SC"

const (
	// atOnce is how many papers are laid out at the same time: each takes a processor and 200 MB.
	atOnce = 2
	// patience is how long one may take, with the wait for those before it: 5,000 people take half a minute.
	patience = 100 * time.Second
)

// Printer makes papers. Its zero value prints the templates of the program.
type Printer struct {
	Templates
	slots chan struct{}
}

// NewPrinter prints with the templates of a folder, or where it is empty or has none with the program's own.
func NewPrinter(folder string) *Printer {
	return &Printer{Templates: Templates{Folder: folder}, slots: make(chan struct{}, atOnce)}
}

// Print makes the PDF of a paper, by the template of the first of the places that has one.
func (p *Printer) Print(ctx context.Context, places []string, data *Data) ([]byte, error) {
	code, err := qr.Encode(data.Link, qr.M)
	if err != nil {
		return nil, fmt.Errorf("draw the code: %w", err)
	}
	data.QR = template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(code.PNG()))
	html, err := p.HTML(data.Paper, places, data)
	if err != nil {
		return nil, worded(err)
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
	case <-ctx.Done():
		return nil, unavailable(ctx.Err())
	}
	return render(ctx, html)
}

// worded tells an officer which template an administrator has to mend. What html/template says beyond the
// place may hold values, and stays in the log.
func worded(err error) error {
	var broken *BrokenTemplate
	if !errors.As(err, &broken) {
		return err
	}
	at := approval.Text{ZH: broken.File, EN: broken.File}
	if broken.Line > 0 {
		at = approval.Text{ZH: fmt.Sprintf("%s 第 %d 行", broken.File, broken.Line), EN: fmt.Sprintf("%s, line %d", broken.File, broken.Line)}
	}
	return &approval.Error{Code: approval.CodeUnavailable, Cause: err, Message: approval.Text{ZH: "文书模板有误（" + at.ZH + "），请系统管理员更正", EN: "the template of this paper is broken (" + at.EN + "); ask the system administrator to mend it"}}
}

func unavailable(cause error) error {
	return &approval.Error{Code: approval.CodeUnavailable, Cause: cause, Message: approval.Text{ZH: "暂不能生成文书，请稍后再试；仍不行请联系系统管理员", EN: "papers cannot be made right now: try again later, or ask the system administrator"}}
}

// render lays a page of HTML out.
func render(ctx context.Context, html []byte) ([]byte, error) {
	command := exec.CommandContext(ctx, python, "-I", "-c", script)
	var pdf, complaints bytes.Buffer
	command.Stdin, command.Stdout, command.Stderr = bytes.NewReader(html), &pdf, &complaints
	if err := command.Run(); err != nil || !bytes.HasPrefix(pdf.Bytes(), []byte("%PDF-")) {
		lines := strings.Split(strings.TrimSpace(complaints.String()), "\n")
		return nil, unavailable(fmt.Errorf("lay a paper out (%w): %s", errors.Join(err, ctx.Err()), lines[len(lines)-1]))
	}
	return pdf.Bytes(), nil
}

// Missing says what this machine lacks to print, for whoever installs it; nil where nothing is.
func Missing(ctx context.Context) error {
	if output, err := exec.CommandContext(ctx, python, "-I", "-c", "import weasyprint").CombinedOutput(); err != nil {
		return fmt.Errorf("papers cannot be printed: WeasyPrint is missing (apt-get install weasyprint libharfbuzz-subset0 fonts-noto-cjk): %w %s", err, bytes.TrimSpace(output))
	}
	output, err := exec.CommandContext(ctx, "fc-match", "--format=%{family}", fonts).Output()
	if err != nil || !bytes.Contains(output, []byte(fonts)) {
		return fmt.Errorf("papers cannot be printed: the font %s is missing (apt-get install fonts-noto-cjk): %w", fonts, errors.Join(err, errors.New(string(output))))
	}
	return nil
}
