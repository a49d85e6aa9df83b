package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/procedures"
	"jieli/rules"
)

// placesAbove lists a place ($1) and those above it, the nearest first, at last the country.
const placesAbove = `WITH RECURSIVE up AS (
		SELECT 0 AS rank, $1::text AS code, (SELECT parent FROM regions WHERE code = $1) AS parent
		UNION ALL SELECT up.rank + 1, r.code, r.parent FROM up JOIN regions r ON r.code = up.parent),
	places AS (SELECT rank, code FROM up WHERE code <> '000000' UNION ALL SELECT 1000, '000000')`

// settingQuery finds the value of a setting ($2) in a place ($1) on a day ($3): the place's own,
// else that of the places above it, at last the country's. A value of null gives way to the next.
const settingQuery = placesAbove + `
	SELECT s.value, s.version, s.source, s.region FROM places p
	CROSS JOIN LATERAL (SELECT value, version, source, region FROM settings WHERE name = $2 AND region = p.code AND valid_from <= $3::date ORDER BY valid_from DESC LIMIT 1) s
	WHERE s.value <> 'null'::jsonb ORDER BY p.rank LIMIT 1`

// Places lists a place and those above it, the nearest first, at last the country: in this order what is set, or
// laid down otherwise, for a place holds.
func (s *Store) Places(ctx context.Context, region string) ([]string, error) {
	rows, err := s.pool.Query(ctx, placesAbove+` SELECT code FROM places ORDER BY rank`, region)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// systemDefault is the source of a value nobody has set.
const systemDefault = "本系统默认"

// resolved is the value of a setting with where it comes from; version 0 is the declared default.
type resolved struct {
	value   json.RawMessage
	version int
	source  string
	region  string
}

// scanSetting reads a row of settingQuery, or gives what the setting declares.
func scanSetting(row pgx.Row, name string) (resolved, error) {
	var found resolved
	err := row.Scan(&found.value, &found.version, &found.source, &found.region)
	if errors.Is(err, pgx.ErrNoRows) {
		declared, ok := procedures.FindSetting(name)
		if !ok {
			return found, fmt.Errorf("setting %s is not declared", name)
		}
		return resolved{value: declared.Default, source: systemDefault}, nil
	}
	return found, err
}

// setting resolves a jurisdiction setting of a text for today.
func (s *Store) setting(ctx context.Context, q querier, name, region string) (value, source string, err error) {
	found, err := scanSetting(q.QueryRow(ctx, settingQuery, region, name, s.today()), name)
	if err != nil {
		return "", "", fmt.Errorf("setting %s: %w", name, err)
	}
	return value, found.source, json.Unmarshal(found.value, &value)
}

// SettingValue resolves a setting that is a choice or a number, for a place and the day a rule asks for, with the
// document it rests on.
func (s *Store) SettingValue(ctx context.Context, need rules.SettingNeed, region string) (rules.SettingValue, error) {
	return s.settingValue(ctx, s.pool, need, region)
}

func (s *Store) settingValue(ctx context.Context, q querier, need rules.SettingNeed, region string) (rules.SettingValue, error) {
	on := need.On
	if on == "" {
		on = s.today()
	}
	found, err := scanSetting(q.QueryRow(ctx, settingQuery, region, need.Name, on), need.Name)
	if err != nil {
		return rules.SettingValue{}, fmt.Errorf("setting %s: %w", need.Name, err)
	}
	value := string(found.value)
	if strings.HasPrefix(value, `"`) {
		err = json.Unmarshal(found.value, &value)
	}
	words := approval.Text{ZH: found.source, EN: found.source}
	if found.source == systemDefault {
		words.EN = "default of this system"
	}
	return rules.SettingValue{Value: value, Source: words, Region: found.region}, err
}

// number resolves a jurisdiction setting of a number for today.
func (s *Store) number(ctx context.Context, q querier, name, region string) (value int, err error) {
	found, err := scanSetting(q.QueryRow(ctx, settingQuery, region, name, s.today()), name)
	if err != nil {
		return 0, fmt.Errorf("setting %s: %w", name, err)
	}
	return value, json.Unmarshal(found.value, &value)
}

// Settings lists every known setting with the value that holds in a place today, and every dated
// value set in it or above it.
func (s *Store) Settings(ctx context.Context, region string) ([]view.SettingView, error) {
	rows, err := s.pool.Query(ctx, placesAbove+`
		SELECT s.name, s.region, coalesce(r.name, '全国'), s.valid_from, s.version, s.value, s.source
		FROM places p JOIN settings s ON s.region = p.code LEFT JOIN regions r ON r.code = p.code ORDER BY s.name, p.rank, s.valid_from DESC`, region)
	if err != nil {
		return nil, err
	}
	dated := map[string][]view.SettingValue{}
	var name string
	var from time.Time
	var value view.SettingValue
	_, err = pgx.ForEachRow(rows, []any{&name, &value.Region, &value.RegionName, &from, &value.Version, &value.Value, &value.Source}, func() error {
		value.ValidFrom, value.Own = from.Format(time.DateOnly), value.Region == region
		dated[name] = append(dated[name], value)
		value = view.SettingValue{}
		return nil
	})
	if err != nil {
		return nil, err
	}
	list := []view.SettingView{}
	for _, declared := range procedures.Settings() {
		shown := view.SettingView{Name: declared.Name, Title: declared.Title, Help: declared.Help, Kind: string(declared.Kind), Options: declared.Options, Least: declared.Least, Most: declared.Most,
			Default: declared.Default, Clause: declared.Clause, Values: dated[declared.Name]}
		if shown.Values == nil {
			shown.Values = []view.SettingValue{}
		}
		shown.InForce = inForce(shown.Values, s.today())
		list = append(list, shown)
	}
	return list, nil
}

// inForce picks from dated values, nearest place and latest day first, the one that holds on a day;
// nil where the declared default does. A null gives way to the next place.
func inForce(values []view.SettingValue, today string) *view.SettingValue {
	settled := map[string]bool{}
	for i := range values {
		value := &values[i]
		if value.ValidFrom > today || settled[value.Region] {
			continue
		}
		settled[value.Region] = true
		if string(value.Value) != "null" {
			return value
		}
	}
	return nil
}

// placeOf finds the division a scope lies in; false for an unknown place or office.
func placeOf(ctx context.Context, q querier, scope string) (string, bool, error) {
	if scope == rules.NationalScope {
		return scope, true, nil
	}
	var place string
	err := q.QueryRow(ctx, `SELECT code FROM regions WHERE code = $1 UNION ALL SELECT region FROM offices WHERE 'office:' || id = $1`, scope).Scan(&place)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", false, nil
	}
	return place, err == nil, err
}

// PlaceOf finds the division a calendar's or a setting's scope lies in.
func (s *Store) PlaceOf(ctx context.Context, scope string) (string, error) {
	place, known, err := placeOf(ctx, s.pool, scope)
	if err == nil && !known {
		return "", orNotFound(pgx.ErrNoRows)
	}
	return place, err
}
