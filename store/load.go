package store

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/procedures"
	"jieli/rules"
)

// DirectoryFile is one table of the directory as CSV with a heading line.
type DirectoryFile struct {
	Name string // as problems name it
	Body io.Reader
}

// Directory is what a jurisdiction loads before its first case; nil files are left alone. Loading
// again updates what is there; nothing is deleted, posts are ended by their last day.
type Directory struct {
	Regions, Offices, Enterprises, Officers, Settings *DirectoryFile
}

// Loaded counts the lines taken in and names the accounts that are new and have no password yet.
type Loaded struct {
	Lines       int
	NewAccounts []string
}

// unusablePassword matches no password until one is set.
const unusablePassword = "!"

// LoadDirectory takes in a directory in one transaction: every problem of every file is reported at
// once, and then nothing is written.
func (s *Store) LoadDirectory(ctx context.Context, directory Directory) (Loaded, error) {
	load := &directoryLoad{loaded: Loaded{NewAccounts: []string{}}}
	err := s.inTransaction(ctx, func(tx pgx.Tx) error {
		load.tx = tx
		for _, step := range []struct {
			file    *DirectoryFile
			columns []string
			line    func(context.Context, map[string]string) error
		}{
			{directory.Regions, []string{"code", "name", "parent", "level", "valid_from", "valid_to"}, load.region},
			{directory.Offices, []string{"id", "kind", "name", "region"}, load.office},
			{directory.Enterprises, []string{"office", "credit_code", "kind", "state", "devolved_from_centre", "superior"}, load.enterprise},
			{directory.Officers, []string{"username", "name", "office", "role", "valid_from", "valid_to"}, load.officer},
			{directory.Settings, []string{"name", "region", "valid_from", "value", "source"}, load.setting},
		} {
			if step.file == nil {
				continue
			}
			if err := load.read(ctx, *step.file, step.columns, step.line); err != nil {
				return err
			}
		}
		if len(load.problems) > 0 {
			return &approval.Error{Code: approval.CodeInvalidInput, Problems: load.problems, Message: approval.Text{ZH: "目录文件有误，未写入任何内容", EN: "the directory has problems; nothing was written"}}
		}
		return nil
	})
	return load.loaded, err
}

type directoryLoad struct {
	tx       pgx.Tx
	problems []approval.Problem
	loaded   Loaded
}

// read hands every line over by column; a line's problem is noted and the next one read.
func (l *directoryLoad) read(ctx context.Context, file DirectoryFile, columns []string, line func(context.Context, map[string]string) error) error {
	reader := csv.NewReader(file.Body)
	heading, err := reader.Read()
	if err != nil {
		return approval.Invalid(file.Name, "文件为空或不是 CSV", "the file is empty or no CSV")
	}
	heading[0] = strings.TrimPrefix(heading[0], "\ufeff")
	for _, column := range columns {
		if !slices.Contains(heading, column) {
			return approval.Invalid(file.Name+":1", "缺少栏目 "+column, "the heading lacks "+column)
		}
	}
	for {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		number, _ := reader.FieldPos(0)
		if err != nil {
			return approval.Invalid(fmt.Sprintf("%s:%d", file.Name, number), "无法读取该行", "the line cannot be read")
		}
		values := map[string]string{}
		for i, column := range heading {
			values[column] = strings.TrimSpace(record[i])
		}
		err = line(ctx, values)
		var own *approval.Error
		switch {
		case errors.As(err, &own):
			l.problems = append(l.problems, approval.Problem{Location: fmt.Sprintf("%s:%d", file.Name, number), Message: own.Message, Code: own.Code})
		case err != nil:
			return fmt.Errorf("%s:%d: %w", file.Name, number, err)
		default:
			l.loaded.Lines++
		}
	}
}

func wrong(zh, en string) error { return approval.Refuse(approval.CodeInvalidInput, zh, en) }

// dated checks optional dates; an empty first day is the beginning.
func dated(values map[string]string) error {
	if values["valid_from"] == "" {
		values["valid_from"] = "2000-01-01"
	}
	for _, column := range []string{"valid_from", "valid_to"} {
		if _, err := time.Parse(time.DateOnly, values[column]); err != nil && values[column] != "" {
			return wrong(column+" 应写成 2026-11-24 的样子", column+" is written like 2026-11-24")
		}
	}
	return nil
}

var regionDigits = map[string]int{"province": 6, "city": 6, "district": 6, "street": 9, "community": 12}

func (l *directoryLoad) region(ctx context.Context, values map[string]string) error {
	digits, known := regionDigits[values["level"]]
	if !known || len(values["code"]) != digits || strings.Trim(values["code"], "0123456789") != "" {
		return wrong("区划代码与级别不符（区县6位、街道9位、社区12位）", "the code does not fit the level (district 6 digits, street 9, community 12)")
	}
	if values["name"] == "" {
		return wrong("请填写名称", "give the name")
	}
	if err := dated(values); err != nil {
		return err
	}
	if values["parent"] != "" {
		if known, err := l.exists(ctx, `SELECT FROM regions WHERE code = $1`, values["parent"]); err != nil || !known {
			return orWrong(err, "没有这个上级区划", "there is no such parent")
		}
	}
	_, err := l.tx.Exec(ctx, `INSERT INTO regions(code, name, parent, level, valid_from, valid_to) VALUES ($1,$2,nullif($3,''),$4,$5::date,nullif($6,'')::date)
		ON CONFLICT (code) DO UPDATE SET name = EXCLUDED.name, parent = EXCLUDED.parent, valid_from = EXCLUDED.valid_from, valid_to = EXCLUDED.valid_to`,
		values["code"], values["name"], values["parent"], values["level"], values["valid_from"], values["valid_to"])
	return err
}

var officeKinds = []approval.OfficeKind{approval.KindEnterprise, approval.KindBureau, approval.KindAgency, approval.KindOrganisation, approval.KindStreet, approval.KindCommunity,
	approval.KindArchive, approval.KindParty, approval.KindFinance, approval.KindHealth, approval.KindSupervision}

var roles = []approval.Role{approval.RoleClerk, approval.RoleReviewer, approval.RoleHead, approval.RoleFundCashier, approval.RoleInternalAuditor, approval.RoleSupervisor,
	approval.RoleSystemAdministrator, approval.RoleSecurityAdministrator, approval.RoleAuditAdministrator}

func (l *directoryLoad) office(ctx context.Context, values map[string]string) error {
	if values["id"] == "" || values["name"] == "" || !slices.Contains(officeKinds, approval.OfficeKind(values["kind"])) {
		return wrong("请填写编号、名称和单位类别", "give id, name and a known kind")
	}
	if known, err := l.exists(ctx, `SELECT FROM regions WHERE code = $1`, values["region"]); err != nil || !known {
		return orWrong(err, "没有这个区划代码", "there is no such region")
	}
	if party := values["kind"] == string(approval.KindParty); party != (values["serves"] != "") {
		return wrong("党组织请在 serves 栏填写所属的企业、街道或社区（村）的单位编号；其他单位不填", "a Party organisation names in serves the enterprise, street or community it is that of; nobody else does")
	}
	if values["serves"] != "" {
		if known, err := l.exists(ctx, `SELECT FROM offices WHERE id = $1 AND kind IN ('enterprise','street','community')`, values["serves"]); err != nil || !known {
			return orWrong(err, "serves 栏的单位不存在，或不是企业、街道、社区（村）；请把它列在党组织之前", "the office in serves is not known, or no enterprise, street or community; list it before its Party organisation")
		}
		if taken, err := l.exists(ctx, `SELECT FROM offices WHERE serves = $1 AND id <> $2`, values["serves"], values["id"]); err != nil || taken {
			return orWrong(err, "serves 栏的单位已有党组织", "the office in serves has a Party organisation already")
		}
	}
	_, phoned := values["phone"]
	if _, kind := rules.CheckPhone(values["phone"]); values["phone"] != "" && kind == rules.PhoneInvalid {
		return wrong("phone 栏应为手机或固定电话号码，如 024-12345678", "phone is a mobile or a landline such as 024-12345678")
	}
	_, err := l.tx.Exec(ctx, `INSERT INTO offices(id, kind, name, region, path, serves, phone) VALUES ($1,$2,$3,$4,$4,nullif($5,''),$6) ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, serves = EXCLUDED.serves,
		phone = CASE WHEN $7 THEN EXCLUDED.phone ELSE offices.phone END`,
		values["id"], values["kind"], values["name"], values["region"], values["serves"], values["phone"], phoned)
	return err
}

func (l *directoryLoad) enterprise(ctx context.Context, values map[string]string) error {
	if known, err := l.exists(ctx, `SELECT FROM offices WHERE id = $1 AND kind = 'enterprise'`, values["office"]); err != nil || !known {
		return orWrong(err, "没有这个企业单位", "there is no enterprise of this id")
	}
	if values["credit_code"] != "" && rules.CheckCreditCode(values["credit_code"]) != rules.CreditCodeProblemNone {
		return wrong("统一社会信用代码校验不符（GB 32100）", "the unified social credit code fails its check (GB 32100)")
	}
	if !slices.Contains([]string{"normal", "restructured", "closed", "bankrupt"}, values["state"]) {
		return wrong("state 应为 normal、restructured、closed 或 bankrupt", "state is normal, restructured, closed or bankrupt")
	}
	_, err := l.tx.Exec(ctx, `INSERT INTO enterprises(office, credit_code, kind, state, devolved_from_centre, superior) VALUES ($1,nullif($2,''),$3,$4,$5,nullif($6,''))
		ON CONFLICT (office) DO UPDATE SET credit_code = EXCLUDED.credit_code, kind = EXCLUDED.kind, state = EXCLUDED.state, devolved_from_centre = EXCLUDED.devolved_from_centre, superior = EXCLUDED.superior`,
		values["office"], values["credit_code"], values["kind"], values["state"], values["devolved_from_centre"] == "true", values["superior"])
	return err
}

func (l *directoryLoad) officer(ctx context.Context, values map[string]string) error {
	if values["username"] == "" || values["name"] == "" || !slices.Contains(roles, approval.Role(values["role"])) {
		return wrong("请填写用户名、姓名和角色", "give username, name and a known role")
	}
	if known, err := l.exists(ctx, `SELECT FROM offices WHERE id = $1`, values["office"]); err != nil || !known {
		return orWrong(err, "没有这个单位", "there is no such office")
	}
	if err := dated(values); err != nil {
		return err
	}
	var fresh bool
	if err := l.tx.QueryRow(ctx, `INSERT INTO users(id, username, name, password_hash) VALUES ($1,$1,$2,$3) ON CONFLICT (username) DO UPDATE SET name = EXCLUDED.name RETURNING xmax = 0`,
		values["username"], values["name"], unusablePassword).Scan(&fresh); err != nil {
		return err
	}
	if fresh {
		l.loaded.NewAccounts = append(l.loaded.NewAccounts, values["username"])
	}
	_, err := l.tx.Exec(ctx, `INSERT INTO posts(person, office, role, valid_from, valid_to) SELECT id, $2, $3, $4::date, nullif($5,'')::date FROM users WHERE username = $1
		ON CONFLICT (person, office, role, valid_from) DO UPDATE SET valid_to = EXCLUDED.valid_to`,
		values["username"], values["office"], values["role"], values["valid_from"], values["valid_to"])
	return err
}

func (l *directoryLoad) setting(ctx context.Context, values map[string]string) error {
	if values["name"] == "" || values["source"] == "" || values["valid_from"] == "" {
		return wrong("请填写名称、生效日期和依据文件", "give name, first day and the source document")
	}
	if err := dated(values); err != nil {
		return err
	}
	value := json.RawMessage(values["value"])
	if !json.Valid(value) {
		value, _ = json.Marshal(values["value"])
	}
	declared, known := procedures.FindSetting(values["name"])
	if !known {
		return wrong("没有名为 "+values["name"]+" 的设置", "there is no setting of this name")
	}
	if problem := declared.Check(value); problem != nil {
		return wrong(declared.Title.ZH+"："+problem.ZH, declared.Title.EN+": "+problem.EN)
	}
	_, err := l.tx.Exec(ctx, `INSERT INTO settings(name, region, valid_from, version, value, source)
		VALUES ($1,$2,$3::date,(SELECT coalesce(max(version), 0) + 1 FROM settings WHERE name = $1 AND region = $2),$4,$5)
		ON CONFLICT (name, region, valid_from) DO UPDATE SET version = settings.version + 1, value = EXCLUDED.value, source = EXCLUDED.source`,
		values["name"], values["region"], values["valid_from"], value, values["source"])
	return err
}

func (l *directoryLoad) exists(ctx context.Context, query string, arguments ...any) (bool, error) {
	var found bool
	err := l.tx.QueryRow(ctx, `SELECT EXISTS (`+query+`)`, arguments...).Scan(&found)
	return found, err
}

func orWrong(err error, zh, en string) error {
	if err != nil {
		return err
	}
	return wrong(zh, en)
}

// SetPassword gives an account the argon2id hash of a new password and ends its sessions.
func (s *Store) SetPassword(ctx context.Context, username, hash string) error {
	return s.inTransaction(ctx, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `UPDATE users SET password_hash = $2 WHERE username = $1`, username, hash)
		if err != nil {
			return err
		}
		if tag.RowsAffected() == 0 {
			return approval.NotFound()
		}
		if _, err := tx.Exec(ctx, `DELETE FROM sessions WHERE person = (SELECT id FROM users WHERE username = $1)`, username); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `DELETE FROM sign_in_failures WHERE subject = 'user:' || $1`, username)
		return err
	})
}
