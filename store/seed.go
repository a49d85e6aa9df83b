package store

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/rules"
)

// DemoAccounts lists the demonstration accounts by office.
func (s *Store) DemoAccounts(ctx context.Context) ([]view.Account, error) {
	rows, err := s.pool.Query(ctx, `SELECT u.username, u.name, o.id, o.name, o.kind, array_agg(p.role) FROM users u JOIN posts p ON p.person = u.id JOIN offices o ON o.id = p.office
		WHERE u.demo GROUP BY u.username, u.name, o.name, o.kind, o.id ORDER BY o.kind, o.id, u.username`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[view.Account])
}

// demoOffice is one office of the demonstration with the accounts of each role.
type demoOffice struct {
	id, kind, name, region string
	roles                  []approval.Role
	foreign                bool
}

// queue enters the office, which may be the Party organisation of another, with two people for every role.
func (o demoOffice) queue(batch *pgx.Batch, serves, hash string) {
	batch.Queue(`INSERT INTO offices(id, kind, name, region, path, foreign_district, serves, phone) VALUES ($1,$2,$3,$4,$4,$5,nullif($6,''),$7)`, o.id, o.kind, o.name, o.region, o.foreign, serves,
		// No exchange gives out numbers that begin with a nought.
		fmt.Sprintf("024-0000%04d", hashText(o.id)%10_000))
	people := 0
	for _, role := range o.roles {
		for n := 1; n <= 2; n++ {
			people++
			username := fmt.Sprintf("%s-%s-%d", o.id, role, n)
			batch.Queue(`INSERT INTO users(id, username, name, password_hash, demo) VALUES ($1,$1,$2,$3,true)`, username, demoName(len(username)*7+len(o.id)+people*31+hashText(o.id)), hash)
			batch.Queue(`INSERT INTO posts(person, office, role) VALUES ($1,$2,$3)`, username, o.id, role)
		}
	}
}

// SeedDemo fills an empty database with the district 210106: its real streets and communities, a
// neighbouring district, fictitious enterprises, and two people for every role of every office, so
// that any two incompatible stages find different ones. hash is the argon2id hash of the demo password.
func (s *Store) SeedDemo(ctx context.Context, communities io.Reader, hash string) error {
	offices, regions, err := demoOffices(communities)
	if err != nil {
		return err
	}
	return s.inTransaction(ctx, func(tx pgx.Tx) error {
		var filled bool
		if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM users)`).Scan(&filled); err != nil || filled {
			return err
		}
		batch := &pgx.Batch{}
		for _, region := range regions {
			batch.Queue(`INSERT INTO regions(code, name, parent, level) VALUES ($1,$2,nullif($3,''),$4)`, region.Code, region.Name, region.Parent, region.Level)
		}
		for _, office := range offices {
			office.queue(batch, "", hash)
			if party, ok := partyOf(office); ok {
				party.queue(batch, office.id, hash)
			}
		}
		enterprises := []struct{ office, credit, kind, state string }{
			{"enterprise-1", creditCode("91210106MA0000001"), "city", "normal"}, {"enterprise-2", creditCode("91210106MA0000002"), "central", "normal"},
			{"enterprise-3", creditCode("91210106MA0000003"), "city", "bankrupt"}, {"enterprise-9", creditCode("91210102MA0000009"), "city", "normal"}}
		for _, e := range enterprises {
			batch.Queue(`INSERT INTO enterprises(office, credit_code, kind, state) VALUES ($1,$2,$3,$4)`, e.office, e.credit, e.kind, e.state)
		}
		batch.Queue(`INSERT INTO settings(name, region, valid_from, version, value, source) VALUES ('default_form', '000000', '2003-06-06', 1, '"F1"', '中办、国办转发意见 S3.1'),
			('residence_basis', '000000', '2003-06-06', 1, '"residence"', '中办、国办转发意见 S3.2'), ('agreement_party', '000000', '2003-06-06', 1, '"streets"', '本系统默认')`)
		return tx.SendBatch(ctx, batch).Close()
	})
}

func hashText(text string) int {
	sum := 7
	for _, c := range []byte(text) {
		sum = sum*31 + int(c)
	}
	return sum & 0xffff
}

// demoName makes an invented name; nobody real is meant.
func demoName(n int) string {
	families := []rune("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何")
	given := []string{"晓明", "文静", "建华", "丽萍", "志强", "秀英", "海燕", "国栋", "春梅", "立新", "雪峰", "玉兰", "永康", "淑芬", "振宇", "佳宁", "德民", "桂琴", "启航"}
	return string(families[n%len(families)]) + given[(n/7)%len(given)]
}

func demoOffices(communities io.Reader) ([]demoOffice, []view.Region, error) {
	three := []approval.Role{approval.RoleClerk, approval.RoleReviewer, approval.RoleHead}
	two := []approval.Role{approval.RoleClerk, approval.RoleHead}
	agency := append(slices.Clone(three), approval.RoleFundCashier, approval.RoleInternalAuditor)
	regions := []view.Region{{Code: "210000", Name: "辽宁省", Level: "province"}, {Code: "210100", Name: "沈阳市", Parent: "210000", Level: "city"},
		{Code: "210106", Name: "铁西区", Parent: "210100", Level: "district"}, {Code: "210102", Name: "和平区", Parent: "210100", Level: "district"}}
	offices := []demoOffice{}
	for _, district := range []struct {
		code, name, suffix string
		foreign            bool
	}{{"210106", "铁西区", "", false}, {"210102", "和平区", "-210102", true}} {
		offices = append(offices,
			demoOffice{"bureau" + district.suffix, "bureau", district.name + "人力资源和社会保障局", district.code, three, district.foreign},
			demoOffice{"agency" + district.suffix, "agency", district.name + "社会保险经办机构", district.code, agency, district.foreign},
			demoOffice{"archive" + district.suffix, "archive", district.name + "流动人员人事档案服务中心", district.code, three, district.foreign},
			demoOffice{"organisation" + district.suffix, "organisation", district.name + "委组织部", district.code, two, district.foreign},
			demoOffice{"finance" + district.suffix, "finance", district.name + "财政局（国有资产管理）", district.code, two, district.foreign})
	}
	offices = append(offices, demoOffice{"supervision", "supervision", "铁西区政府督查室", "210106", []approval.Role{approval.RoleSupervisor}, false},
		demoOffice{"administration", "supervision", "铁西区信息中心", "210106", []approval.Role{approval.RoleSystemAdministrator, approval.RoleSecurityAdministrator, approval.RoleAuditAdministrator}, false},
		demoOffice{"enterprise-1", "enterprise", "沈阳兴工机械集团（虚构）", "210106", three, false}, demoOffice{"enterprise-2", "enterprise", "沈阳铁西化工厂（虚构）", "210106", three, false},
		demoOffice{"enterprise-3", "enterprise", "沈阳第七轧钢厂（虚构）", "210106", three, false}, demoOffice{"enterprise-9", "enterprise", "沈阳和平纺织公司（虚构）", "210102", three, true})
	records, err := csv.NewReader(communities).ReadAll()
	if err != nil {
		return nil, nil, fmt.Errorf("read the communities: %w", err)
	}
	seen := map[string]bool{}
	for _, record := range records[1:] {
		code, name, streetCode, street := record[0], record[1], record[2], record[3]
		if !seen[streetCode] {
			seen[streetCode] = true
			regions = append(regions, view.Region{Code: streetCode, Name: street, Parent: "210106", Level: "street"})
			if streetCode != "210106401" {
				offices = append(offices, demoOffice{"street-" + streetCode[6:], "street", street + "办事处", streetCode, two, false})
			}
		}
		regions = append(regions, view.Region{Code: code, Name: name, Parent: streetCode, Level: "community"})
		if code == "210106401498" {
			continue // a statistical code without residents' committee
		}
		label := name
		if strings.HasSuffix(name, "村") {
			label = name + "（村）"
		}
		offices = append(offices, demoOffice{"community-" + code[6:], "community", label, code, two, false})
	}
	return offices, regions, nil
}

// partyOf is the Party organisation of an enterprise, street or community of the demonstration. Some
// communities have none yet, so that what happens then can be tried: those whose code ends in 9.
func partyOf(office demoOffice) (demoOffice, bool) {
	name := ""
	switch office.kind {
	case "enterprise":
		name = "中共" + strings.TrimSuffix(office.name, "（虚构）") + "委员会（虚构）"
	case "street":
		name = "中共" + strings.TrimSuffix(office.name, "办事处") + "工作委员会"
	case "community":
		if !strings.HasSuffix(office.region, "9") {
			name = "中共" + strings.TrimSuffix(office.name, "（村）") + "支部委员会"
		}
	}
	return demoOffice{"party-" + office.id, "party", name, office.region, []approval.Role{approval.RoleClerk, approval.RoleHead}, office.foreign}, name != ""
}

// creditCode completes the first 17 characters of a unified social credit code (GB 32100) with its check character.
func creditCode(first17 string) string {
	return first17 + string(rules.CreditCodeCheckCharacter(first17))
}
